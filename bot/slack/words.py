"""The few sentences the edge says by itself, where no language is known: both at once."""

from __future__ import annotations

COMING_BY_DM = "回答はダイレクトメッセージでお送りします。\nI'll answer you in a direct message."

HELP = """\
*エラーの最初の確認ポイントをお答えします。*
• このアプリへのダイレクトメッセージに、エラーメッセージをそのまま貼り付けてください。
• または `/firstcheck ask エラーメッセージ` と入力してください。
• 誰かの投稿については、その投稿の「…」メニューから「Diagnose this message」を選んでください。

*I tell you what to check first about an error.*
• Paste the error message as it is into a direct message to this app.
• Or type `/firstcheck ask the error message`.
• For somebody's post, choose "Diagnose this message" from its ⋯ menu.
"""
