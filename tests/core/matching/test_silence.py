"""Ordinary talk is met with silence."""

from __future__ import annotations

import pytest

from bot.core.matching.matcher import Matcher
from bot.core.text.normalise import read
from tests.core.matching.rules import ORDINARY

MATCHER = Matcher(ORDINARY)

CHATTER = """
昨日のメールサーバーの件、ありがとうございました
VPNがつながらない件、ルーターを再起動したら直りました！
メールサーバーのメンテナンスは今夜22時からです
パスワードの有効期限が近い方は変更をお願いします
エラーが発生した場合は、ヘルプデスクまでご連絡ください
新しいサーバーの暗号化の設定について打ち合わせしたいです
Outlookの使い方研修は来週の火曜です
サーバーに接続できませんと言われたので、ネットワークチームに聞いてみます
Teams の会議、カメラをオンにしてください
カメラにアクセスできないので今日は声だけで参加します
ファイルを開いているので、操作を待ってください
このファイル、他の人が使っていて開けないみたい
OneDriveの容量がいっぱいになりそうです
エラーコードの一覧表ってどこにありましたっけ
5.1.1 にアップデートしました
メールボックスが見つかりませんか？総務の前にあります
証明書の更新作業をしました
VPNサーバーに到達できるか確認しておきます
暗号化された接続を使用してください
FYI the mail server will be down tonight for maintenance
Anyone know how to encrypt mail in Outlook?
Please update your VPN client before Friday
We moved the file server to a new host, mapped drives should work again
my password expires next week, how do I change it?
I upgraded to 5.1.1 yesterday
Got an error in my spreadsheet formula, anyone good at VLOOKUP?
connection to the server seems slow today
we need an encrypted connection to the partner's mail server by June
is a mail server connection available in the meeting room?
my mailbox is full of your invitations
Outlook is my favourite mail program, it cannot be beaten
I cannot access the camera feed from the lobby
The name of the site is on the invitation
let's meet in room 691 at 5
error handling in our app should be improved
"""


@pytest.mark.parametrize("text", CHATTER.strip().splitlines())
def test_nothing_is_answered(text: str) -> None:
    assert [m.rule.id for m in MATCHER.match(read(text)).found] == []
