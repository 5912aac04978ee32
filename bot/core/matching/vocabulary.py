"""Words of real errors, as read. Written by tests/bench/recognition/train.py.

A slip makes a word that is not here; another message has one that is.
"""

from __future__ import annotations

from typing import Final

WORDS: Final = frozenset(
    """
able aborted aborting about above accept access accessed accessible accessing accesstype account
accountgetoauthbearer accounts accurate acl action actions add adding additional addr address
addresses adjusted after again agreement album algorithm alias all allocate allow allowed
alphabetic already although always and another answer any anyway api apop appear appears append
appending application applied apply approve apt aptget aptitude archive are area argument
arguments ascii asurl attach attached attachment attachments attempt attempting attribute audio
auth authenticate authenticated authentication authorityinfoaccess authorization auto autoclean
autoclear autocrypt autodiscover autodiscovery automatically autosave avahi available avatar
back backed backend backup backups bad ban base batch battery bcc because been before begin
being below between big binary bios block blocked bluetooth body boltd book bookmarks both boxes
broken browser buddy bug build bulk busy but button bytes byurl bzip cache calculate calendar
call calling camera can cancel canceling cannot cant card catalog cause cdrom cert certfetch
certificate certificates chain challenge change changed changelog changelogs changes changing
channel character characters charset chat check checked checker checking checks child choose
chroot cipher clamd claws cleared click client close closed closehook closing cms code color
column command commands commitmessage communicate communicating communication community compface
complete completed completion compliance component compose compressed computer computers conf
conference config configuration configure configured confirmation connect connected connecting
connection connections consider consistency contact contacts contain contained contains content
contents context continue control conversation conversion convert converting cookie cookies copy
core correct correction correctly corrupt corrupted could couldnt count country crc create
created createitem creating creation credential credentials criteria crl crlnew crlparse
crypttab cups current currently cursor custom daemon dam damaged data database date dbus debian
debug debugging decode decodebin decrypt decrypted decryption default definition definitions
delete deleted deleting deletion delivery denied dependencies dependency description descriptor
desktop destination detailed details detect detected detection determine determining dev device
devices dhcp dialing dialog dictionary did different digests directories directory dirmngr
disable disabled disablesnippets disc discard disconnected disk display displaying distinguished
dns dnssd document docx does doesnt doing domain dont dos download downloaded downloading dpd
dpkg draft drag drive drivers drop dsa dst due dup duplicity during dvd dvi eap eapleap eappeap
eaptls eapttls ecc editing editor either element elements email empty enable enabled encode
encoded encodedtriple encoder encoding encrypt encrypted encryption end endoffile enough
enrollment enter entered entries entry enveloped eos errno error errors esk establish
established etc event evolution ews example exceeded exceeds exception exchange executable
execute executing execution exist existing exists exit exited expected expired expiry export
exporting expression expressions external externalbody extract facebook fail failed fails
failure fairly false faq farsight fatal fcntl featured feed feeds fetch fetching field file
filename files filesystem filter filtering finalize finch find fingerprint fingerprints firmware
first fix flags flatpak flickr flock flowed folder folders following for forbidden force fork
format formatting forward found fpcopyfile free frequency fresh from fstab fts full fullbody
fullresolver fullupgrade function gallery gdata general generate generated generation geometry
get getrootcommand getting giostreamsink give given glade gnome gnomeboxes gnupg gpg gpgagent
gpgme gprs greeting group grouping groups gstreamer guest guid gvfsicon hand handle handled
handler happened hard hardware has hash have head header helo help helper hence here hex hint
home hook host hostname hotspot hour hovered how however html http icon identifier identify
identity idle idn ignore ignored image imap immediately implement import important imported
importing include included including incoming incorrect incorrectly increasing index indicates
info information initialize initializing initiate inline input inputtoken install installation
installed installer installing instance instead insufficient integer interface internal internet
interrupted into invalid ipod irc issue issuer item items its itself jid job join json junk kde
keep keepall key keyboard keylistnext keyliststart keyring keys keysigpacket kill kioskquit know
ksba label large last later launch layout ldap ldif learning least left length level libdvdcss
libetpan libgnome library libvirt like likely limit line link links list listen listicon listing
lists load loaded loading local locale locate location locations locator lock locked locking log
logging login long longer look lookup loop loss lost low made magnatune mail mailbox maildir
main make malformed malicious managed manager manually many mark marked marking markings match
matching maximum may maybe mbox mdns mdnsresponder means mechanism media meeting memory menu
merge message messages metadata method methods might migrating mime mimecontent miner miners
minimum minute mismatch missing misspelled mixmaster mobile mode modifications modified modify
monitor monster more most motd mount mounting mouse move moved movemail movie moving msginfo mtp
mtu multiarch multipart multiple multizone music musicalbums musicartists musicbrainz must mutt
name named names nautilus ncurses necessary need needs network networks never new newline news
newsgroup next nextcert nick nntp none nonmuc nonrfc nonzero not note notes nothing notification
notifications now null number numeric oaburl object observe obtained occurred ocsp off official
offline offset old one online only oops open opened opening openpgp opensubtitles openvpn
operating operation opml option options order origin original other our out output over override
overwrite ovirt own ownership package packagekit packages packageview packets page pair parent
parse parsed parseinsert parser parsing part partition parts passphrase passphrases password
passwords paste path pattern patterns pdf pep perform performed performing perhaps period perl
permanently permission permissions permitted person pgp phone photo photos php pin pine ping
pipe pipeline piwigo pixmap pka pkcs place places play playback playbin played player playlist
please plugin plugins podcast point pointing policy pool pooldumpxml pop port ports position
possible possibly post pounce power ppd ppp preferences prefscommon prepare prereading prevented
preview primary print printer privacy private probably problem problemresolver problems proc
process processing profile program programs project properly properties property proposed
protocol provide provided provider provides proxy psk pty public publishing puk punycode purge
purgeunused python qemu query querying queue queued quit quotation rajce range rate raw rcpt
read readable reader reading readme readonly reallocated really reason reasons receive received
recent recipient recipients recognized recommended reconnect record recover recovered
redirection reedah refer refresh refused regexp register regular reject rejected release remote
remove removed removing rename renamed renaming render reopening repairing replace replacing
replaygain reply replyto report reported repository request requested required requires
resolution resolve resolver resource respond response restarted restic restore restored
restoredefault restricted result results resume retrieve retrieved retrieving return returned
revert revocation revoke rfc rhythmbox role room root rssyl run running safety sales same
sametime sasl save saved saving scan scanning scheme screen screens screenshot script sdo search
searchcontacts searching second seconds secret secure security see seek seeking seems seen
select selected selection selections selftest selinux send sender sending sendto sensiblepager
sent server servers service services session set setreader setting settings sgroup shared shell
short shortcuts shotwell should show shred side sieve sign signature signatures signed signer
signing silc since size skipped smaller smart smimeenckeyprefs smtp socket software
softwarecategories solution solutions solve some something song soon sorry sort sorting source
sourcepackage sources sourceversion space spamassassin spamd spawn specific specified specify
spell spice spool ssh ssl standard standby stanza start started starting starttls startup state
static station statistics status statusfull stdin steplimit still stls stop storage store stored
stream string structure style subject subkey subprocess subscribe subscribing successfully such
sudo summary supplied support supported sure swap switch symbolic symlinks synaptic sync syncing
syncmailbox syntax system systemflag tag tagged tags take taken takes taking tampered tanaka
target targetname task tcp technical temp tempfiles template temporary term terminal text than
that the them theme then there these they this through thunderbolt time timed timeout times
timestamp title tls tmp tofu toggle too tool tor totem touchscreen trace track tracker trailing
transcode transfer transfers trash tree true truncated trust trusted try trying tumblrpublisher
tun tuning twice type typed udev udisks udma uid uidl uids unable unavailable understand undone
unexpected unexpectedly unhook unicode uniform universe unknown unload unlock unmount unmounting
unreachable unread unrecognized unsigned unsubscribe unsupported until untrusted update updates
updating upgrade upgrades uri uris url urn urns usb use used user username users usertag using
usually utf util uuid valid validate validated validating value values vcard vcards vendor
vendors verification verified verify version versions very video videos view vinagre virsh
virtual vnc volume vpn wait want warn warning was wasnt way web webcal webdav website welcome
wellformed went wep wepkey were what when where whether which while whose why whynot wifi will
window with within without wont word work working would wpa wpapsk wrapper write writing written
wrong xhdr xlsx xml xmpp xover xslt yes yet you your yourself youtube zone アイコン アイコンキヤシシユ アイテム
アカイブ アカウント アクシヨン アクセス アシプグレド アシプデト アシプデトフシク アスキ アドレス アバタ アプリケシヨン アルゴリズム アルバム アンマウント イベント インストル
インタネシト インタネシトアクセス インデシクスフアイル インポト インポトエラ インライン ウインドウ エクスポト エデイタ エデイタプラグイン エラコド エラフアイル エラメシセジ
エラメモリ エレメント エンコダヘ エンコデイング エンコド エントリ オフセシト オフライン オフラインスイシチフシク オフラインモド オブジエクト オプシヨン オプン
オペレテイングシステム オリジナル カタログ カデイレクトリ カデバイス カフアイル カメラ カラスキム カレンダ カレンダオブジエクト カンル キパスフレズ キボド キヤシシユ
キヤシシユデイレクトリ キヤシシユフアイル キヤンセル キリング クエリ クオタ クシキ クライアント クリシク グルプ コマンド コマンドライン コミユニテイ コンテキスト コンテンシ
コンピユタ コンポネント サイズ サバエラ サバサイドリスト サバヘ サビス サブスクライブ サポト サマリ システム シヨトカシト シンボリシクリンク ジヨブ スキシプ スキヤナ スキヤン
スクリプト スクリンシヨシト スタイル スタンバイタイムアウト ステタス ストリム ストレジプル スプルフオルダ スペルチエシカ セキユア セキユリテイ セキユリテイレベル セシシヨン セシト
セシトアシプ セルフテスト タイプ タイムアウト タイムアウトアイコン タイムスタンプ タイムゾン タゲシト タシチスクリン タスク ダイジエスト ダウン ダウンロド チエシク チエン
チヤシト チヤシトルム チヤンネル テキスト テンプレト テンポラリフアイル デイスク デイスクイメジ デイレクトリ デコド デタオブジエクト デタベス デタベスフアイル デバイス デバイスヘ
デバイスンケシト デバシグ デフオルト デモン トラシク トランザクシヨン トレス ドキユメント ドキユメントヘ ドメイン ドライバ ドライブ ニシクネム ニユス ニユスグルプ ネシトワク
ネシトワクエラ ハドウエア ハドデイスク ハンドル バイト バインド バシクアシプ バシクアシプフアイル バシクエンド バシチモド バシテリ バジヨン バジヨンヘ バルク パイプライン
パケシト パシケジ パシケジフアイル パシケジマネジヤ パスフレズ パスワド パタン パテイシヨン パブリシクフオルダ パミシシヨン パラメタ ヒント ビデオ フアイル フアイルシステム
フアイルヘ フアイルマネジヤ フアムウエア フイド フイルタ フイルド フオマシト フオマシトエラ フオルダ フシク フラグ フルネム フルパス ブシクマク ブシクマクフアイル ブラウザ
ブロシク プラグイン プリンタ プレイリスト プレビユ プロキシ プログラム プロジエクト プロセス プロトコル プロトコルエラ プロトコルヘ プロバイダ プロパテイ プロフアイル ヘシダ
ヘシド ヘフアイル ヘルプ ペジサイズ ホスト ホストキ ホムデイレクトリ ボタン ボリユム ポインテイングデバイス ポイント ポシドキヤスト ポリシ マウス マウント マシチ マシチパタン
マシン マネジヤ マルチパトメシセジ ミテイング メカニズム メシセジ メシセジテンプレト メシセジフアイル メデイア メニユ メモリ メルアドレス メルフアイル メルボシクス メンシド
ユザタグ ライブラリ ラジオステシヨン ラジオステシヨンヘ ラベル リエラ リクエスト リステイング リスト リストア リダイレクト リフレシシユ リポジトリ リモト リモトサバ
リモトデスクトシプサバ リンク リンス レイアウト レコド レゾルバプロセス レベル ロカル ログイン ロケル ロシク ロシクフアイル ンケシト ンフトウエア 一度 一度試 一時 一致 一覧
一覧表示 一部 上書 下書 不一致 不可 不可能 不明 不正 不足 両方 中断 中止 予定 予期 付与 以上 以下 仮想 仲間 任意 会議 余裕 作成 作成中 作業 作業用 使用 使用不可
使用中 使用可能 例外 依存 依存関係 保存 保存中 保存先 保存場所 保管 保護 信用 信頼 修復 修復中 修正 個人情報 個別 停止 先読 全体 全文検索 公式 公開 公開鍵 共有 内容
内部 再実行 再度試 再接続 再生 再試行 再起動 再開 写真 写真動画 処理 処理中 出所 分前 分類規則 切断 初期化 初期化中 判断 判断中 別名 利用 利用可能 到達 制限 削除
削除中 副鍵 動作 動画 十分 印刷 原因 原因不明 参加 参照 収集 取得 取得中 受信 受信者 受領情報 可能 可能性 同意 同時 同期 名前 名前変更 問題 四半期 回復 回数 国呼
圧縮 地域 報告 場合 場所 変換 変更 変更内容 変更履歴 外部 失敗 失敗不正 妥当 妥当性 存在 安全 完了 完全 定義 宛先 実施 実施中 実行 実行中 実装 容量 対応 対象 対象外
専用 展開 展開先 属性 履歴 差出人 引数 引用 引用符 強制的 強制終了 形式 影響 復元 復号 復号化 復帰 必要 必須 応答 応答内 悪意 情報 想定外 意味 意図 所有者 手動 承認
技術的 拒否 括弧 指定 指紋情報 指紋認証 挨拶 探索 接続 接続中 推奨 提供 提供元 提案 操作 改行文字 故障 整合性 整形式 整数 文字 文字列 文字目 文書 文法 新着 新規 既読
日付 時刻 時間 時間前 暗号 暗号化 更新 更新中 書式 最大 最大値 最新 有効 有効化 有効期限 期待 期限 期限切 未対応 未知 本当 条件 格納 格納場所 検出 検査 検知 検索
検索中 検索結果 検証 検証中 楽曲 構成要素 構文 構文解析 構造体 権限 機能 正常 正確 正規表現 残量 決定 注意 消去 添付 準備 準拠 無効 無効化 無視 特定 状態 状況 独自
現在 理由 生成 画像 画面 番号 発生 発見 登録 監視 破損 破棄 確保 確定 確立 確認 禁止 秒前 秘密鍵 移動 移行 種類 端末 第三者 算出 管理 管理者 範囲 索引 終了 結合
結果 統計情報 続行 編集 置換 署名 署名者 自分 自分自身 自動保存 自動的 自身 致命的 英字 行方不明 行目 表示 補完 複数 複数回 複製 要求 要素 規則 解放 解析 解決
解決方法 解釈 解除 記録 設定 設定中 設定値 許可 証明書 試行 該当 詳細 認証 認証方法 認識 調整 識別 警告 議事録 購読 起動 起動時 転送 転送元 転送先 返信 追加 追加中
送信 送信待 送信用 通信 通常 通知 連絡 連絡先 適切 適用 選局中 選択 選択指定 選択用 部分 配下 配信元 配送 重要 開始 間夏時間 間違 関数 閲覧 電源 電話番号 静的 非常
音楽 項目 領域 頻度
""".split()
)
