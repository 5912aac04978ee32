"""What we listen for, one file each: which payloads matter, and the key each is kept under once.

================  ==========================================  ===================================
`messages`        messages, mentions, edits, deletions        `msg:` / `edit:` / `del:` + ts
`actions`         presses of our buttons                      `act:` + message, action, time, user
`commands`        `/firstcheck`                               `trigger:` + trigger id
`shortcuts`       "Diagnose this message"                     `trigger:` + trigger id
`home`            the direct message with us was opened       `open:` + channel, event's ts
`leaving`         the app removed, its token revoked          `left:`, `taken:` + team, event id
================  ==========================================  ===================================

All are pure. Only a command is answered inline; everything else is acknowledged with nothing.
"""
