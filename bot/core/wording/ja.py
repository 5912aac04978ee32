"""Japanese sentences: です・ます, short, no blame."""

from __future__ import annotations

from typing import Final

SENTENCES: Final = {
    # 診断
    "recognised": "認識した文：「{quote}」",
    "looks_like": "「{title}」のエラーと思われます。",
    "applies_to": "{clause}場合のご案内です。",
    "also_found": "ほかに「{title}」も見つかりました。",
    "next": "では、次の確認です。",
    "choose": "複数の原因が考えられます。どれに近いですか？",
    "choose_one": "「{title}」のことでしょうか？",
    "choose_app": "どのアプリの画面に表示されましたか？",
    "no_rule": "この内容に合う案内は、まだ登録されていません。",
    "no_rule_next": "担当者に送りますか？",
    "no_pictures": "画像の文字はまだ読み取れません。エラーの文を貼り付けていただけますか？",
    "welcome": "こんにちは。エラーの文を貼り付けてください。",
    "nothing_to_do": "エラーの文をそのまま貼り付けてください。最初に確認することをお答えします。",
    # 人へ
    "people": "ここから先は、担当者と一緒に確認するのが早そうです。",
    "people_next": "これまでの確認内容を添えて、担当者に引き継ぎますか？",
    "helpdesk_only": "このエラーは、担当者の側で対応が必要です。",
    "meanwhile": "それまでの間：{text}",
    "escalated": "{team}に引き継ぎました（受付番号 {ticket}）。",
    "escalated_known": "確認済みの内容はすべて伝わっています。同じ説明は必要ありません。",
    "escalated_bring": "次の情報があると早く進みます：{facts}",
    "escalated_contact": "次の内容を担当者にお伝えください：{facts}",
    "contact": "お問い合わせ先：社内のヘルプデスク",
    "claimed": "さんが担当します。",
    "resolved": "さんが対応を完了しました。",
    "resolved_next": "まだ直っていない場合は、ボタンでお知らせください。",
    # 終わり
    "solved": "よかったです。この件は解決済みにしました。",
    "solved_next": "また起きたときは、ボタンを押すと続きから確認できます。",
    "dismissed": "承知しました。このスレッドでは、もうお声がけしません。",
    "nudge": "その後いかがですか？ 上のボタンで続きから進められます。",
    "expired": "お返事がないため、いったん終了しました。ボタンを押すと再開できます。",
    "other_error": "別のエラー「{title}」も見つかりました。こちらを別の件として確認しますか？",
    "unclear": "確認の続きは、上のボタンでお選びください。担当者への相談もできます。",
    # 押されたあと
    "settled": "回答：{answer}",
    "settled_by": "さんの回答：{answer}",
    "stale": "この質問は回答済みです。いちばん新しいメッセージのボタンをお使いください。",
    "forgotten": "この件の記録はもう残っていません。"
    "エラーがまだ出るときは、もう一度貼り付けてください。",
    "not_yours": "このボタンは、相談した方と担当者だけが押せます。",
    "failure": "うまく処理できませんでした。お手数ですが、担当者に番号 {token} をお伝えください。",
    # 運用担当者へ
    "set_aside": "処理できなかった項目が1件あります（{kind}：{reason}）。"
    "詳しくは、ログを番号 {token} で検索してください。",
    "set_aside_more": "ほかの会話には影響ありません。同じ種類のものは、1時間はログだけに残ります。",
    "unknown_kind": "新しい版が残した、この版では扱えない項目があります（{kind}）。",
    "unknown_kind_more": "新しい版が起動するまで保管します。",
    "install_again": "Firstcheckのアクセス権をSlackで更新できなくなりました。{until}以降、"
    "このワークスペースでは回答できません。",
    "install_again_more": "管理者の方は、次のページからもう一度追加してください：{url} "
    "これまでの会話は残ります。",
    # ボタン
    "button_fixed": "直りました",
    "button_failed": "直りません",
    "button_not_sure": "わからない",
    "button_other": "ほかの確認",
    "button_human": "担当者に相談",
    "button_not_an_error": "エラーではない",
    "button_open_other": "このエラーを確認する",
    "button_still": "まだ直りません",
    "button_none": "どれでもない",
    "button_claim": "担当する",
    "button_resolve": "対応完了",
    "yes": "はい",
    "no": "いいえ",
    "not_sure": "わからない",
    # 引き継ぎ
    "ticket_title": "{ticket}　{title}",
    "ticket_asker": "さんからの相談（宛先：{team}）",
    "ticket_quote": "認識した文：「{quote}」",
    "ticket_answers": "回答：{list}",
    "ticket_tried": "試したこと：{list}",
    "ticket_ruled_out": "除外できた原因：{list}",
    "ticket_likely": "残る原因：{list}",
    "ticket_bring": "確認してほしいこと：{list}",
    "ticket_rule": "ルール {rule}（版 {version}）",
    "ticket_thread": "スレッドを開く",
    "ticket_open": "未対応",
    "ticket_claimed": "さんが対応中",
    "ticket_resolved": "さんが対応完了",
    "ticket_solved_by_asker": "相談した方が「直りました」と回答",
    "list_separator": "、",
    "pair": "{about} → {result}",
    # コマンド
    "help": "*エラーの最初の確認ポイントをお答えします。*\n"
    "• エラーメッセージを、私のいるチャンネルか私へのダイレクトメッセージに貼り付けてください。\n"
    "• `/firstcheck ask エラーメッセージ` と入力しても質問できます。\n"
    "• 誰かの投稿については、その投稿のメニューから「このメッセージを診断」"
    "（Diagnose this message）を選んでください。\n"
    "• `/firstcheck 私のデータ` で保存内容を確認、`/firstcheck 忘れて` で削除できます。\n"
    "• ヘルプデスクの方は、`/firstcheck reload` でルールを読み直せます。",
    "secret_seen": "投稿に秘密の情報（{what}）が含まれているようです。こちらには保存していません。",
    "secret_change": "ほかの人が見た可能性があります。変更したうえで、投稿を削除してください。",
    "secret_password": "パスワード",
    "secret_token": "アクセストークンまたはキー",
    "secret_private_key": "秘密鍵",
    # the page after an installation
    "install_done": "Firstcheckを追加しました。"
    "Slackでチャンネルに招待するか、直接メッセージを送ってください。",
    "install_failed": "Firstcheckを追加できませんでした。もう一度リンクを開き、"
    "同じブラウザーで10分以内に許可してください。",
    # Slack アプリのマニフェスト
    "app_description": "エラーメッセージを貼り付けると、最初に確認することをお答えします。",
    "app_about": "Firstcheck は、ヘルプデスクに毎日届くエラーメッセージを知っているアプリです。"
    "招待したチャンネルに貼り付けるか、ダイレクトメッセージで送ると、スレッドでお答えします。"
    "お答えするのは、そのメッセージが実際に表していることと、最初に確認することです。"
    "直るまで次の確認を一つずつご案内し、直らないときは、試した内容を添えてヘルプデスクに引き継ぎます。"
    "英語のエラーには英語でお答えします。読むのは招待されたチャンネルとダイレクトメッセージだけで、"
    "Slack 以外のサービスとは通信しません。",
    "app_agent": "エラーの文をそのまま貼り付けてください。"
    "そのメッセージが実際に表していることと、最初に確認することをお答えします。",
    "app_shortcut": "このメッセージを診断",
    "app_shortcut_about": "このメッセージのエラーについて、最初に確認することを調べます。",
    "app_command": "エラーメッセージについて質問します。回答はダイレクトメッセージで届きます。",
    "app_command_hint": "エラーメッセージ",
    "asked_in_dm": "回答はダイレクトメッセージでお送りします。",
    # 自分のデータ
    "own_asked": "ダイレクトメッセージでお答えします。",
    "own_nothing": "あなたについて保存しているデータはありません。",
    "own_shown": "あなたについて保存しているデータです。"
    "秘密の情報や氏名は、保存前に取り除いています。",
    "own_counts": "相談 {cases} 件、投稿 {written} 件、ボタンなどの操作 {did} 件",
    "own_case": "{day}　ルール {rule}：{ended}",
    "own_solved": "解決済み",
    "own_handed_over": "担当者に引き継ぎ",
    "own_unanswered": "途中",
    "own_dismissed": "エラーではない",
    "own_more": "ほかに {count} 件あります。",
    "own_whole": "すべてをファイルで受け取るには、担当者に「firstcheck export-data {who}」を"
    "ご依頼ください。",
    "own_forget": "削除するには、/firstcheck 忘れて と入力してください。",
    "forget_sure": "あなたについて保存しているデータを削除しますか？",
    "forget_what": "進行中の相談（担当者に引き継いだものも含みます）は終了し、投稿と操作の記録を"
    "削除します。元には戻せません。",
    "forget_stays": "Slackのメッセージは残ります。ご自分の投稿は、Slackで削除できます。"
    "誰のものかわからない件数は残り、受信したものの番号もしばらく残ります。",
    "forget_begun": "データを削除しています…",
    "forget_done": "保存していたデータを削除しました。",
    "forget_not": "削除しませんでした。",
    "button_forget": "削除する",
    "button_keep": "やめる",
    # ルールの読み直し
    "reload_started": "ルールを読み直しています。結果はダイレクトメッセージでお送りします。",
    "reload_staff_only": "ルールの読み直しは、ヘルプデスクの担当者が行えます。",
    "reload_done": "新しいルールを読み込みました（{count} 件、版 {version}）。",
    "reload_same": "ルールは前回と同じです（{count} 件、版 {version}）。",
    "reload_mended": "ルールの問題が解消されました（{count} 件、版 {version}）。",
    "reload_new": "追加：{list}",
    "reload_changed": "変更：{list}",
    "reload_gone": "削除：{list}",
    "reload_broken": "ルールのファイルに、直す必要のあるところが {count} か所あります。",
    "reload_empty": "ルールのフォルダーに、ルールが一つもありません。",
    "reload_more": "ほかに {count} か所あります。firstcheck rules lint ですべて確認できます。",
    "reload_kept": "直るまでは、これまでのルール（版 {version}）で回答を続けます。",
}
