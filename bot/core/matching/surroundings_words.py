"""The words people use around an error, and what each says about it.

A row is a literal stem and what must come before and after it (regular expressions). One automaton
finds all stems of a text, so a row costs nothing where its stem is absent. The text is in plain
small letters; the error itself, wherever it stood, is `ERROR`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

ERROR: Final = "\ufffc"
"""What stands for an error: its own words say nothing about it."""


class Says(Enum):
    """What a word says about the error near it."""

    SOLVED = "solved"
    """It is over."""
    ANNOUNCED = "announced"
    """Many are told of it, before or after it happens."""
    TAUGHT = "taught"
    """A page or a person says what to do whenever it appears."""
    DISCUSSED = "discussed"
    """It is the topic, not what somebody sees."""
    RECALLED = "recalled"
    """A story of the past, or a joke."""
    REOPENED = "reopened"
    """It is there again, or was never gone."""
    ASKED = "asked"
    """The person wants to know, or wants help."""
    REPORTED = "reported"
    """It is happening now."""


@dataclass(frozen=True, slots=True)
class Word:
    """One row."""

    says: Says
    stem: str
    before: re.Pattern[str] | None
    after: re.Pattern[str]


_NOT_YET: Final = r"(?!り?ませんか|\s*(?:か(?:[?。、\s]|$)|そう|らし|でしょうか|のでしょうか|かも|かどうか|かな|ら|り[、し]|\?))"
_DONE: Final = rf"(?:し(?:まし)?た|でき(?:まし)?た|され(?:まし)?た|いたしました|済み?|して(?:い|お)?ます|しており?ます|です(?!か))(?!と思|はず|のに|ところ){_NOT_YET}"
_NOW_CAN: Final = rf"(?:まし)?た(?!と思|はず|のに|ところ|い|くて|いの){_NOT_YET}"
_EN_NO: Final = (
    r"(?:\b(?:not|never|cannot|if|until|unless|once|how|when|can|could|will|would|should|might"
    r"|need|want|get|gets|be|being|hope|hoping|please|who|whether|has|was thought|supposed|any(?:one|body))\b"
    r"|n't\b|\bn['o]?t\b)(?:\s+[\w']+){0,3}\s*$"
)
_EN_YES: Final = r"(?<![\w-])$"

_NOT_USED: Final = (
    r"(?<![\w-])(?<!followed the )(?<!following the )(?<!read the )(?<!checked the )"
    r"(?<!tried the )(?<!from the )(?<!in the )(?<!per the )$"
)

_E: Final = ERROR
_SHUT: Final = r"[」』\"”'’`\]】)）*_]*\s*"
"""What closes a quotation."""
_OPEN: Final = r"[「『\"“'‘`\[【(（*_]*$"
"""What opens one."""
_NO_ASK: Final = r"(?![^\n]*(?:[?？]|か[。\s]*$|教えて|困|助けて|なぜ|どう|直ら|消えま|消えな|解決し(?:な|ま)|のまま|まだ|また))"
_NO_PLEA: Final = (
    _NO_ASK
    + r"(?![^\n]*(?:お願い(?:し|いた|致)|出て(?:い)?(?:ます|る|て)|出ます|止ま|進め|進ま|(?:でき|使え|開け|入れ|送れ|つながら|見られ|起動し|直ら)(?:ません|ない|ず)|知りたい|見て(?:もら|いただ)|助け|急ぎ|至急|続いて|頻発|何度|毎回|ずっと|だめ|ダメ|駄目|調べて|対応し?て(?:ほし|くだ)))"
)
_NOT_BEFORE: Final = r"(?<!までは)(?<!までは普通に)(?<!前は)(?<!昨日は)(?<!ずは普通に)(?<!ず普通に)(?<!普通に)(?<!普段は)(?<!家では)(?<!別のpcでは)(?<!ほかのpcでは)$"
"""What could be done before, or is done elsewhere, is not solved."""
_FINE: Final = r"(?:大丈夫|正常|快適|順調|平気|問題な)"
_IN_GENERAL: Final = r"\b(?:can|may|might|will|often|usually|always|sometimes|rarely|means?|should|just|has\s+been|have\s+been)\b(?!\s*not)"

_TABLE: Final[tuple[tuple[Says, str, str, str], ...]] = (
    # says, stems (parted by blanks; "_" is a blank within one), before, after
    (Says.SOLVED, "解決 解消 復旧 改善 回復 修復 完治", r"(?<!未)$", _DONE + r"|(?:\s*[。!」\n]|$)"),
    (Says.SOLVED, "対応 修正", "", rf"(?:済|完了|しました|されました){_NOT_YET}"),
    (Says.SOLVED, "直 治 なお", r"(?<!一度)(?<!一旦)(?<!素)(?<!仲)$",
     rf"(?:り|し|して(?:おき|き|もらい|いただき|頂き)|って(?:い|き)?)まし(?:た)(?!はず|のに|と思){_NOT_YET}"
     rf"|(?:った|した)(?!り|と思|けど|のに|かと|はず|ら){_NOT_YET}|って(?:い|ま)す?(?!な|ませ)"),
    (Says.SOLVED, "ように", r"(?:え|げ|け|せ|て|ね|べ|め|(?<![わさ])れ|き)る$", rf"な(?:りました|った)(?!と思|はず|のに){_NOT_YET}"),
    (Says.SOLVED, "使え つなが 繋が 入れ 送れ 開け うまくいき うまく行き 成功し 通り 見れ 見られ", _NOT_BEFORE,
     rf"り?まし{_NOW_CAN}(?!が、?(?:{ERROR}|今|また|会社|家|他|ほか|この|自|私|P|p))"),
    (Says.SOLVED, "入り 映り 見え 届き 聞こえ 表示され 動き", r"(?:たら|ると|で|は|に)、?\s*$",
     rf"まし{_NOW_CAN}(?!が)"),
    (Says.SOLVED, "でき", r"(?:[\u4e00-\u9fff]{2}|サインイン|ログイン|インストール|アクセス)(?:が|も|は|を)?$",
     rf"(?:まし)?た(?!ら|が|けど|り|い){_NOT_YET}"),
    (Says.SOLVED, "なく", r"(?:出|で|れ|し|起き)$", rf"な(?:りました|った|ってい?ます)(?!と思|はず|のに){_NOT_YET}"),
    (Says.SOLVED, "消え 収まり おさまり 落ち着き 治まり", "", rf"(?:まし)?た(?!り|と思|のに|はず){_NOT_YET}"),
    (Says.SOLVED, "問題", "", r"(?:なく(?![^。「]{0,12}(?:てい?た|てい?まし?た)(?:の|が|けど))|ありません(?!か)|なし|ないです|は?解決済)(?!も)"),
    (Says.SOLVED, "クローズ", "", r"(?:し|です|で|済|お願い|と)"),
    (Says.SOLVED, "自己解決 無事解決 解決ずみ 原因が判明 原因判明 犯人は", "", r"(?!でき(?:な|ず|ま?せ))"),
    (Says.SOLVED, "原因は", "", r".{1,40}(?:でした|だった|だったよう)"),
    (Says.SOLVED, "おかげ お陰", "", r"(?:さま|様)?で"),
    (Says.SOLVED, "お騒がせ", "", r"(?:し(?:まし)?た|いたし)"),
    (Says.SOLVED, "原因が分か 原因がわか 原因が判 原因を特定", "", r"(?:り|っ|し|でき)(?:まし)?た(?!ら|が|けど|のに)"),
    (Says.SOLVED, "再発", "", r"(?:は?して(?:い|お)?(?:り)?ませ|なし|もなく|はあ?りませ)"),
    (Says.SOLVED, "大丈夫 平気", "", r"でした(?!が|けど|のに|か)"),
    (Says.SOLVED, "出て 発生して 表示されて", r"(?:今日|今朝|その後|現在|今|以後|以降)(?:は|では)?、?(?:もう)?$", r"い?ませ"),
    (Says.ANNOUNCED, "復旧まで 解消まで 対応完了まで", "", r"(?:の間|しばらく|、|今しばらく)*\s*お?待ち"),
    (Says.SOLVED, "found_it found_the_culprit fine_since ok_since okay_since good_since", _EN_YES, r"\b(?!\s+on)"),
    (Says.SOLVED, "fixed solved resolved sorted", _EN_YES,
     r"(?!\s+(?:ip|width|asset|line|price|size|address|yet|rate|by_?$)|-|\s*\?)\b"),
    (Says.SOLVED, "gone cleared restored disappeared vanished", r"(?:\b(?:is|was|are|were|has|have|it|all|now|error|'s|message|just|finally|got)\s+)$", r"\b(?!\s+(?:through|over|back))"),
    (Says.SOLVED, "works working worked", r"(?<![\w-])(?<!\bnot )(?<!\bteams )(?<!\boutlook )(?<!\bpc )(?<!\blaptop )(?<!\bphone )(?<!\belse )$", r"\s+(?:now|again|fine|perfectly|like_a|as\s+(?:expected|before))|(?<=worked)(?:\s+for\s+me|\s*[.!,]|\s*$)"),
    (Says.SOLVED, "anymore any_more any_longer", r"(?:n't|\bnot)\s+(?:see|get|have|show|appear|happen|seeing|getting)\b[^.\n]*$", r"\b"),
    (Says.SOLVED, "fine ok okay good", r"\b(?:is|all|are|it's|'s|we're|i'm|everything|looks)\s+$", r"\s+(?:now|again)\b"),
    (Says.SOLVED, "no_longer", "", r"\s+(?:get|see|appear|show|happen|pops?|a?n?\s*(?:issue|problem)|getting|seeing|occurs?)"),
    (Says.SOLVED, "went_away never_mind nevermind nvm turned_out turns_out back_to_normal did_the_trick that_helped"
     " do_the_trick figured_it_out found_the_cause found_the_problem case_closed ticket_closed false_alarm my_bad"
     " got_rid_of gets_rid_of back_in_now back_online back_up_and up_and_running", _EN_YES, r"\b"),
    (Says.SOLVED, _E, "", _SHUT + r"(?:は|でしたが|と出てい?た|って、|の(?:件|問い?合わせ|原因)は?)[^\n]{0,60}(?:" + _FINE + r"(?!でし(?:た)?(?:が|けど|のに))|済み?です|終了|取り下げ|不要|ミスでした|ものだった|ません(?:でした)?ね?。?(?:様子見|ありがと)|られました|きました|せました|直るんですね|一度も出て)" + _NO_ASK),
    (Says.SOLVED, "今は もう 現在は 無事", "", r"[^\n。]{0,10}(?:" + _FINE + r"|発生し(?:ま|てい?ま)せ|出(?:ま|てい?ま)せ)(?!か)"),
    (Says.SOLVED, "出せました 直せました 戻せました 戻りました 治まりました 消せました 済みました 完了しました 印刷できました 届きました", "", r"(?!か|が)"),
    (Says.SOLVED, _E, r"\b(?:no\s+more|got\s+past|got\s+around|beat|done\s+with|got\s+over|rid\s+of|bye|goodbye|cured|closed|closing)\s+(?:the\s+|that\s+)?" + _OPEN, _SHUT),
    (Says.SOLVED, _E, "", _SHUT + r"(?:(?:message|error|problem|issue|thing)\s+)?(?:(?:that\s+)?i\s+\w+\s+[^.\n]{0,30})?\b(?:(?:is|was|are)\s+(?:history|behind|done|over|past|my\s+(?:own\s+)?(?:fault|mistake|typo))|stopped|disappeared|vanished|went|gone|did\s+not\s+reappear|(?:hasn't|has\s+not|didn't|did\s+not)\s+(?:come|appear|show|reappear|return)|has\s+gone|no\s+longer)"),
    (Says.SOLVED, "opened_again let_me_back is_back green_again passes_now starts_now prints_now opens_now loads_now all_clear marking_as_done cleaned_it_up can_continue can_close closing_this now_it_works it_works no_action_needed been_fine working_again is_history hasn't_come_back has_not_come_back second_try", r"(?<![\w-])(?<!not )(?<!n't )(?<!hope )$", r"\b"),
    (Says.DISCUSSED, _E, "", _SHUT + r"(?:というメッセージ|という表示|という文言|というエラー(?:メッセージ)?|エラー|の表示|の画面)?(?:は|って、|の(?:意味|正体|文言|英訳|和訳|対処|対応|連絡|お?問い?合わせ|担当|件数|説明|項目|違い|話)|について|に関する|のご?(?:相談|質問)|という文言|ではなく|と同じ)" + _NO_PLEA),
    (Says.TAUGHT, _E, "", _SHUT + r"(?:の?エラー|の?メッセージ)?(?:が|と|って|に)(?:画面に)?(?:出|表示され|なり|なっ|言われ|いわれ|見え)(?:た|る|て|まし)?(?:場合|際|とき|時|ら|たら|ても(?!う|し)|も(?!し|う)|(?:場合|端末|こと|ケース|方|人|pc)(?:が|も)(?:あり|ござい|い)ます|まれに)" + _NO_PLEA),
    (Says.ANNOUNCED, "明日 今夜 来週 期間中 作業中 工事中 移行中 訓練 作業に伴 更新に伴 入れ替えに伴 変更に伴 逼迫により 配信で 月曜", r"", r"[^\n]*" + _E + r"[^\n]*(?:ます|です)" + _NO_PLEA),
    (Says.ANNOUNCED, "全社員 皆さまへ みなさまへ 皆様へ 各位 利用者の方 該当の方 当番の方 ご協力 ご活用 ご利用ください ご覧ください お問い合わせは不要 お問合せは不要 ご連絡します が増えます 想定内 気にしないで 慌てないで 配布しま 方針 仕様: 仕様変更 テスト項目 豆知識 講座 第5回 便り フロー 文言の", "", r"" + _NO_PLEA),
    (Says.TAUGHT, "q. q: q：", r"(?:^|\n)\s*$", r"[^\n]*" + _E + r"[\s\S]*\ba[.:：]"),
    (Says.DISCUSSED, _E, r"\b(?:about|tips?\s+(?:for|on)|contact\s+for|guide\s+(?:to|for|on)|how-to\s+for|test\s+(?:for|that|case)|instead\s+of|translate|lots\s+of|knows|recognises?|replace|replaced|end\s+up\s+with|called|titled|wording\s+of|meaning\s+of|of\s+the\s+message|template\s+says|pop-ups?\s+saying|pretending\s+[^\n]{0,40}shows|docs:|talk\s+on|truth\s+about)\s+(?:the\s+)?" + _OPEN, r"(?![^\n]*\?)"),
    (Says.DISCUSSED, _E, "", _SHUT + r"(?:(?:message|error|warning|calls?|tickets?)\s+)?(?:(?:on|in|at|from)\s+(?!the\s+always)[\w -]{1,24}\s)?" + _IN_GENERAL + r"(?![^\n]*\?)"),
    (Says.ANNOUNCED, _E, r"\b(?:will|may|might|could)\s+(?:all\s+|briefly\s+|then\s+)?(?:see|get|show|read|say|display|be)\s+" + _OPEN, _SHUT + r"(?![^\n]*\?)"),
    (Says.ANNOUNCED, _E, r"\b(?:expect|ignore|beware\s+of|watch\s+out\s+for)\s+(?:the\s+|a\s+)?" + _OPEN, r"(?![^\n]*\?)"),
    (Says.TAUGHT, _E, r"\b(?:if|when|whenever|should|in\s+case|once|reports?|asks?\s+(?:you\s+)?about)\s+(?:the\s+(?:message|screen|app|pc|old\s+queue|queue)\s+(?:says|shows|reads)\s+)?" + _OPEN, _SHUT + r"(?:appears?|comes?\s+up|shows?|pops?|is\s+shown|,|[^\n]*[,:]\s*(?:don't|click|close|sign|restart|call|ask|take|add|press|please|just|first))(?![^\n]*\?)"),
    (Says.ANNOUNCED, "everyone: all: team: dear everybody: new_joiners on-call_note travel_tip scam_alert spec_change lunch_& top_ticket did_you_know draft_for_review we_will_contact some_of_you some_devices this_is_a_drill feedback_welcome is_a_temporary nothing_you_need_to_do on_migration as_announced", _EN_YES, r"(?![^\n]*\?)"),
    (Says.ANNOUNCED, "お知らせ ご案内 案内です 周知 アナウンス 注意喚起 共有まで 情報共有 ご承知おき ご了承 既知の 全社連絡 ご注意",
     "", r"(?!メール|が(?:来|届)|を(?:見|読|受)|(?:の|して)(?:ほしい|通り|とおり)|どおり|通り)"),
    (Says.ANNOUNCED, "メンテナンス", "", r"(?:を|の)?(?:実施|予定|お知らせ|のため|に伴)"),
    (Says.ANNOUNCED, "共有", "", r"(?:です|します|いたします|しておきます)"),
    (Says.ANNOUNCED, "予定", "", r"(?:です|となって|と|されて|して)"),
    # Talk about the words themselves: teaching, counting, quoting, joking.
    (Says.DISCUSSED, "band_name book_has chapter_on course_explains course_on lecture_on statistics: tickets_about most_frequent we_counted how_often_people wrote_an for_the_faq in_the_faq question_of_the_quiz", _EN_YES, r"(?![^\n]*(?:help|please))"),
    (Says.DISCUSSED, _E, "", _SHUT + r"\s*would\s+be\s+a\b"),
    (Says.DISCUSSED, "英語だと 日本語だと 和訳すると 直訳です 設計書では 試験問題 グラフに 何の略 クイズ 紛らわしい 教材 例文 四コマ 題名 面接で の意味を 聞かれたそう 参考になり のヘルプにも 使い分け 数字が似て 見込んで わざと 無縁 と照合する", "", _NO_PLEA),
    (Says.DISCUSSED, "の件数 を集計 の内訳", "", _NO_PLEA),
    (Says.ANNOUNCED, "【予告】 【再掲】 【連絡】 異常ではありません 異常ではございません 故障ではありません 先に起動しておいて", "", r""),
    (Says.RECALLED, "方向音痴 私の頭 頭の中 band_name great_name", "", r""),
    (Says.SOLVED, "registered_it,_done was_ours, not_once_since both_fine_after fine_after all_fine_after", _EN_YES, r"\b|(?<=,)"),
    (Says.SOLVED, "お恥ずかしい (解決) もう復旧した ボタンでした からでした", "", r"(?!が、|けど|のに)"),
    (Says.TAUGHT, _E, "", _SHUT + r"(?:が返ってきた|となる|と表示される|が出る)?(?:場合は|ときは|と表示されます。先に)[^?\n]{0,60}(?:です|ください|こと|ましょう)(?:。|$)(?![^\n]*(?:か[。?]|困))"),
    (Says.ANNOUNCED, "連携です 発生しております 影響が出ております 調査中です 対応中です 順次対応", "", ""),
    (Says.ANNOUNCED, "announcement heads_up heads-up please_note please_be_aware reminder known_issue release_notes"
     " fyi psa we_are_aware we're_aware scheduled_maintenance planned_maintenance maintenance_window is_expected"
     " everyone_will you_will_see you_may_see you_might_see users_will users_may some_users", _EN_YES, r"\b"),
    (Says.ANNOUNCED, "【", "", r"(?:お知らせ|周知|情報?共有|全社|連絡|ご?案内|障害|注意|重要|faq)"),
    (Says.TAUGHT, "マニュアル 手順書 ナレッジ faq まとめました 記事 研修 勉強会 議事録 よくある質問 対処法をまと", "",
     r"(?!用|中|で(?!は)|の?pc|に(?:は?な|載って(?:い)?な|書いて(?:い)?な)|(?:を|は|も)(?:見|読|探|確認)|(?:どおり|通り|の通り|に従))"),
    (Says.TAUGHT, "場合 とき 時 際 方", rf"(?:(?:出|表示され|発生し|なっ|言われ|出力され)(?:た|る|ている|てい?た)|という|{ERROR}[」』\"”]?(?:の|エラーの|が出る))$",
     r"(?:は|に|には|も|、)(?!(?:どう|何|なに|どの|誰|だれ|どこ))"),
    (Says.TAUGHT, "たら れば", r"(?:出|表示され|出まし|発生し|され|言われ|出てき)(?:まし)?$", r"[^?\n]{0,40}(?:ください|下さい|お願い|連絡|れば|ましょう|すれば)"),
    (Says.TAUGHT, "if_you when_you in_case_you whenever_you if_anyone if_users when_users if_someone if_people when_people if_they"
     " if_somebody when_a_user if_a_user if_customers when_someone",
     _EN_YES, r"\s+(?:ever\s+|then\s+)?(?:see|get|receive|encounter|run|hit|face|are\s+(?:seeing|getting)|has|have)s?\b"),
    (Says.TAUGHT, "anyone users people those customers", _EN_YES, r"\s+(?:who\s+(?:see|get|receive)|seeing|getting|receiving)(?![^\n]*\?)"),
    (Says.TAUGHT, "wiki when_this_happens if_this_happens when_this_appears if_this_appears when_it_appears runbook run_book knowledge_base knowledge_article"
     " troubleshooting_guide wrote_up wrote_a postmortem post-mortem documentation training workshop this_error_means"
     " this_message_means means_that indicates_that occurs_when is_returned_when is_thrown_when is_raised_when", _NOT_USED,
     r"\b(?![.-]\w|\s+(?:says|does|doesn|didn|nothing|has\s+nothing|laptop|pc|room|machine|account|environment))"),
    (Says.TAUGHT, "ことを意味し という意味です を示します 場合に表示され 場合に発生し ときに表示され ときに発生し 場合に返され", "", r"(?!か)"),
    (Says.RECALLED, "去年 昔 以前 数年前 昨年 何年も前 懐かし あるある 笑 ネタ ミーム", "", r"(?!は(?:使え|出な|でき|問題|なか|普通)|から|より|と同じ)"),
    (Says.RECALLED, "years_ago last_year back_in_the_day remember_when used_to_get used_to_see lol lmao haha joke meme classic good_old", _EN_YES, r"\b"),
    (Says.REOPENED, "再発 再び まだ 相変わらず やはり やっぱり 変わらず 変わりません 変わらない 未解決 改善なし ぶり返 と思った かと思 はずなのに はずですが のに、 たのに",
     "", r"(?!ら(?:原因|設定ミス)|は?して(?:い|お)?り?ませ|なし|もな|はあ?りませ)"),
    (Says.REOPENED, "また", "", r"(?:出|同|発生|表示|エラー|起|だめ|ダメ|駄目|\s*[「『\"" + ERROR + r"])"),
    (Says.REOPENED, "今日 今朝 今度 今回 さっき 今 次", r"(?:が|けど|けれど|でも|しかし|ただ)、?\s*$|(?:^|[。\n!、])$", r"(?:は|も|になって|また|から|、)(?!の?おかげ|[^。\n]{0,20}(?:解決|直|復旧|なおり|できま|使えま|出てい?ませ))"),
    (Says.REOPENED, "別件 別の 新しいエラー 次のエラー", "", ""),
    (Says.REOPENED, "が けど けれど のに", r"(?:まし|い|っ|そうです|し)た?$", rf"[^。\n]*{ERROR}"),
    (Says.REOPENED, "私は 私だけ 自分は こちらは うちは 当方は", "", rf"[^。\n]*{ERROR}"),
    (Says.REOPENED, "but however though yet", _EN_YES, rf"\b[^.\n]*{ERROR}"),
    (Says.REOPENED, "直 治", "", r"(?:ら(?:な|ず|ん)|りませ|るの|せ|し方|りそう|ってい?な|ってませ|りますか|りました(?:か|が[、\s]|けど)|りますでしょうか)"),
    (Says.REOPENED, "解決 復旧 解消 改善", "", r"(?:し(?:な|ま?せ|たい|てお?ら|てい?な|てい?ませ|ますか)|せず|でき(?:な|ま?せ|ず)|方法|策|され(?:な|ま?せ)|には|するには|(?:しま)?した(?:か(?:[。?]|$)|が[、\s]|けど)|した(?:人|方))"),
    (Says.REOPENED, "still keeps unresolved unsolved came_back comes_back is_back it's_back are_back back_again once_more another_error new_error"
     " new_problem now_it but_now but_today again_today again_now again_this and_again different_error yet_again not_fixed", _EN_YES,
     r"\b(?!\s*(?:works|working|fine|fixed|solved|good)|\s+(?:to\s+)?normal)"),
    (Says.REOPENED, "again", r"(?:\b(?:got|get|getting|it|is|happened|happening|appeared|error|this|see|seeing|there)\s+|[,.:]\s*)$", r"\b"),
    (Says.ASKED, "教えて 教えて下さ 助けて ご教示 ご教授 お助け お力", "", r"(?!いただ(?:き|いて)(?:あり|まし|、)|もら(?:い|って)|くださりあ|下さりあ|くださって|下さって)"),
    (Says.ASKED, "どうすれば どうしたら どうやって どうやったら どうしよう どなたか 誰か 何でしょう なんでしょう 何が 何か_ なぜ どこを わかりますか 分かりますか"
     " わかる方 分かる方 でしょうか ますか ませんか ですか たのですか 困って 困りました 至急 急ぎ わかりません 分かりません 対処法は 原因は何 方法はあり ご対応 見てもら 見ていただ", "",
     r"(?!い?まし?た(?:が、?|けど)?[^。]{0,12}(?:解決|直)|であれば|の?場合|方は|いる方|ときは|時は|際は|ことがあれば)"),
    (Says.ASKED, "any_idea any_ideas anyone anybody any_fix any_help how_do how_can how_to_fix how_should how_was how_did how_is is_there can_someone can_anyone could_someone can_you"
     " could_you help_me please_help pls_help what_does what_is what's what_should what_can why_is why_does why_do why_am help! help_please need_help"
     " need_this want_this not_sure no_idea does_anybody stuck urgent asap", _EN_YES,
     r"(?!\s+(?:who|gets?|sees?|seeing|getting|on\s+older)\b(?![^\n]*\?))(?:\b|(?<=!))"),
    (Says.ASKED, "?", "", r"(?!\S*\w=)"),
    (Says.REPORTED, "出ます 出る 出て 出ています 出ました 表示されます 表示されて でます 出続け エラーになります なります 言われます 怒られます できません できない 使えません 開けません 入れません つながりません 進めません 止まり ます_ 動きません だめ ダメ 駄目",
     rf"(?:{ERROR}.{{0,14}}|が|も|に|は)$", r"(?!場合|とき|時|際|方|こと(?:が|も)あ|ので|けど.{0,20}(?:解決|直)|(?:まし|い)た|ように|し?た|なく)"),
    (Says.REPORTED, "i_get i'm_getting im_getting i_am_getting i_see i'm_seeing i_keep we_get we_are_getting we're_getting i_can't i_cannot i_can_not it_says it_shows says_ shows_",
     _EN_YES, ""),
)  # fmt: skip


def _rows() -> tuple[Word, ...]:
    words = []
    for says, stems, before, after in _TABLE:
        ahead = re.compile(before) if before else None
        rest = re.compile(after)
        words += [Word(says, stem.replace("_", " "), ahead, rest) for stem in stems.split()]
    return tuple(words)


WORDS: Final = _rows()
DENIED: Final = re.compile(_EN_NO)
