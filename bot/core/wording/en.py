"""English sentences: short, plain, no blame."""

from __future__ import annotations

from typing import Final

SENTENCES: Final = {
    # diagnosis
    "recognised": 'Recognised: "{quote}"',
    "looks_like": 'This looks like "{title}".',
    "applies_to": "This applies when {clause}.",
    "also_found": 'Also in your message: "{title}".',
    "next": "Next check.",
    "choose": "This could be more than one thing. Which is closest?",
    "choose_one": 'Is it "{title}"?',
    "choose_app": "Which app shows it?",
    "no_rule": "I don't have advice for this one yet.",
    "no_rule_next": "Shall I send it to the helpdesk?",
    "no_pictures": "I can't read pictures yet. Could you paste the error as text?",
    "welcome": "Hello. Please paste an error message.",
    "nothing_to_do": "Paste the error message as it is, and I'll tell you what to check first.",
    # people
    "people": "From here it is quicker to look at this together with the helpdesk.",
    "people_next": "Shall I hand it over, with everything checked so far?",
    "helpdesk_only": "This one has to be fixed by the helpdesk.",
    "meanwhile": "Meanwhile: {text}",
    "escalated": "Handed over to {team} (reference {ticket}).",
    "escalated_known": "They have everything checked so far; no need to explain it again.",
    "escalated_bring": "It helps to have ready: {facts}",
    "escalated_contact": "Please tell the helpdesk: {facts}",
    "contact": "Contact: your company's helpdesk",
    "claimed": " is looking after this now.",
    "resolved": " has marked this as done.",
    "resolved_next": "If it still doesn't work, just press the button.",
    # ends
    "solved": "Glad it works. I've marked this as solved.",
    "solved_next": "If it comes back, press the button and we go on from here.",
    "dismissed": "Understood. I'll stay quiet in this thread.",
    "nudge": "How did it go? The buttons above still work.",
    "expired": "Closed for now, as there was no answer. Press a button to go on.",
    "other_error": 'There is another error here: "{title}". Shall we look at it separately?',
    "unclear": "To go on, please use the buttons above. The helpdesk is one of them.",
    # after a press
    "settled": "Answer: {answer}",
    "settled_by": " answered: {answer}",
    "stale": "That one is answered already. Please use the buttons of the newest message.",
    "forgotten": "Nothing of this is kept any more. If the error is still there, please "
    "paste it again.",
    "not_yours": "Only the person who asked and the helpdesk can press this.",
    "failure": "Something went wrong on our side. Please give the helpdesk this number: {token}",
    # to those who run it
    "set_aside": "One item could not be processed ({kind}: {reason}). "
    "The log says more under {token}.",
    "set_aside_more": "Everything else goes on. More of the same kind within the hour are only in "
    "the log.",
    "unknown_kind": 'A newer version left work that this one doesn\'t know ("{kind}").',
    "unknown_kind_more": "It is kept until that version runs again.",
    "install_again": "Slack no longer renews Firstcheck's access to this workspace. "
    "From {until} it can't answer here.",
    "install_again_more": "An admin can install it again now: {url} Nothing is lost by that.",
    # buttons
    "button_fixed": "It works now",
    "button_failed": "Didn't help",
    "button_not_sure": "Not sure",
    "button_other": "Other checks",
    "button_human": "Talk to the helpdesk",
    "button_not_an_error": "Not an error",
    "button_open_other": "Look at this error",
    "button_still": "Still not working",
    "button_none": "None of these",
    "button_claim": "Claim",
    "button_resolve": "Resolve",
    "yes": "Yes",
    "no": "No",
    "not_sure": "Not sure",
    # handover
    "ticket_title": "{ticket}  {title}",
    "ticket_asker": " asked (for {team})",
    "ticket_quote": 'Recognised: "{quote}"',
    "ticket_answers": "Answers: {list}",
    "ticket_tried": "Tried: {list}",
    "ticket_ruled_out": "Ruled out: {list}",
    "ticket_likely": "Still possible: {list}",
    "ticket_bring": "To ask for: {list}",
    "ticket_rule": "Rule {rule} (rules version {version})",
    "ticket_thread": "Open the thread",
    "ticket_open": "Unclaimed",
    "ticket_claimed": " is on it",
    "ticket_resolved": " resolved it",
    "ticket_solved_by_asker": 'The asker pressed "It works now"',
    "list_separator": "; ",
    "pair": "{about} → {result}",
    # command
    "help": "*I tell you what to check first about an error.*\n"
    "• Paste the error message in a channel I'm in, or in a direct message to me.\n"
    "• `/firstcheck ask ERROR TEXT` works too.\n"
    "• For somebody's post, choose “Diagnose this message” from its menu.\n"
    "• `/firstcheck mydata` shows what I keep of you, `/firstcheck forget` deletes it.\n"
    "• Helpdesk staff: `/firstcheck reload` reads the rules again.",
    "secret_seen": "Your message seems to hold a secret: {what}. I didn't keep it.",
    "secret_change": "Others may have read it. Please change it, and delete your message.",
    "secret_password": "a password",
    "secret_token": "an access token or key",
    "secret_private_key": "a private key",
    # the page after an installation
    "install_done": "Firstcheck is installed. Invite it to a channel, or write to it in Slack.",
    "install_failed": "Firstcheck was not installed. Open the install link again and confirm in "
    "the same browser within 10 minutes.",
    # the manifest of the Slack app
    "app_description": "Paste an error message, get the one thing to check first.",
    "app_about": "Firstcheck knows the error messages that helpdesks see every day. Paste one in a "
    "channel it was invited to, or write to it directly, and it answers in the thread: what the "
    "message usually means, the one thing to check first, then the next, until it works or the "
    "helpdesk takes over with everything you tried. It answers in Japanese as well. It reads only "
    "channels it was invited to and its direct messages, and talks to nothing but Slack.",
    "app_agent": "Paste an error message as it is. I tell you what it usually means and the one "
    "thing to check first.",
    "app_shortcut": "Diagnose this message",
    "app_shortcut_about": "Find the first thing to check for the error in this message.",
    "app_command": "Ask about an error message. The answer comes as a direct message.",
    "app_command_hint": "the error message",
    "asked_in_dm": "I'll answer in our direct message.",
    # one's own data
    "own_asked": "I'll answer in our direct message.",
    "own_nothing": "Nothing is kept of you.",
    "own_shown": "This is what I keep of you. Secrets and names were taken out before.",
    "own_counts": "Cases: {cases}. Messages: {written}. Buttons pressed and the like: {did}.",
    "own_case": "{day}  rule {rule}: {ended}",
    "own_solved": "solved",
    "own_handed_over": "handed over to the helpdesk",
    "own_unanswered": "not finished",
    "own_dismissed": "not an error",
    "own_more": "And {count} more.",
    "own_whole": "For all of it as a file, ask the helpdesk: firstcheck export-data {who}",
    "own_forget": "To have it deleted: /firstcheck forget",
    "forget_sure": "Shall I delete what I keep of you?",
    "forget_what": "Your cases end, also those at the helpdesk, and what you wrote and pressed "
    "goes. This can't be undone.",
    "forget_stays": "Messages in Slack stay; you can delete yours yourself. Numbers without your "
    "name stay, and for a while the ids of what came in.",
    "forget_begun": "Deleting what I keep of you…",
    "forget_done": "Done. What I kept of you is deleted.",
    "forget_not": "Nothing was deleted.",
    "button_forget": "Delete",
    "button_keep": "Keep it",
    # reading the rules again
    "reload_started": "Reading the rules again. I'll send the result as a direct message.",
    "reload_staff_only": "Only helpdesk staff can have the rules read again.",
    "reload_done": "New rules are in force ({count} rules, version {version}).",
    "reload_same": "The rules are the same as before ({count} rules, version {version}).",
    "reload_mended": "The rules are in order again ({count} rules, version {version}).",
    "reload_new": "New: {list}",
    "reload_changed": "Changed: {list}",
    "reload_gone": "Gone: {list}",
    "reload_broken": "The rule files have something to put right: {count} in all.",
    "reload_empty": "There is no rule in the rule folders.",
    "reload_more": "And {count} more: firstcheck rules lint shows them all.",
    "reload_kept": "Until then the rules from before (version {version}) go on answering.",
}
