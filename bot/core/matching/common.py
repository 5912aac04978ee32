"""N-grams of many real errors. Written by tests/bench/recognition/train.py.

What many messages say (`できません`, `could not`) tells little, also where few rules are known.
"""

from __future__ import annotations

from typing import Final

MESSAGES: Final = 4906
"""How many messages were counted."""
COMMON: Final = {
    8: """
abas abli ably acon addi aded adir afol afte agec aged agef agei agen ager agew agre ails
ailu akes alfi alfo algo alla alli allt allu alue amea amed amef ameo ames amet anag ance
anda andc andd andf andi ando andr anew anne anon anot ansf anst anta antb antd antm anto
antr ants aplu area arec ared ares argu arks arni arte arto artt asan asbe aset asex asin
aste atab atal atap atee ateh atel atem aten ateo ater atew atic atth atus atyo ault aval
avea avec avep avet axim ayno babl base beco becr befo bepe bero bese beus blem blep blis
body boxe bscr budd butt byte canc cast ccep ccry ceed ceiv ceon cept ched chin chiv chpr
cies cipi cker cket ckey ckin ckth ckyo clam clea clic codi colu cond conv crib crip ctin
ctly ctth ctur curs dany dati dbec dbut dbya dcan dcas dcha dcon ddat ddin ddoe debi deco
decr defa defi dema deni dera derc deri dern derr dert desc deta dfai dfol dfro dhin dial
diff dint disa dito dlin dmai dntf dntg dntp dntr dnts doft doma dono dout dpac dple dpro
driv dthi dtoa dtol dtoo dtos dtot dtry duri duse dyou eadd eall ealr eans eany eapp eapt
eare easo eatt eaut eava ebac ebro ecac ecal ecei eche ecip ecki eckt ecky ecod ecov ecry
ectf ectl ecut edac edas edbe edbu edco eddu eden edep eder edfr edia edma edme edno edoc
edor edou edre edse edst edun eeda eeds eenc eend eens eent eexp efau efer efin efre eful
ehas ehoo eima einc eind einf eint eisi eist eith eive ekey elas eldo elem elft elin elog
elos emis emod emor enci ency endm endo ened enie enta entc enth entn eoft eori eple eply
epos erca erdo erec erei erem eres erfa erha erid erif eris erit erne erpr erse erta erty
erun esam esar esav esca escr esea esel esen eset esfr esig essb esse essf essw esth estr
esup esur etai etcc etec eter etho etio etoe etof etom etop etry etth etur etyp eupd evel
even evol ewas exce exec expr face faul ferr fert ffer ffil ffli fiel filt fini flin fora
forc fore fork forp fors forw free fres fset fter ftes fthi fyth gboo gcon geca geis gelo
gesa gese gesf gesi gesw getc getm geto getr gets gett gfol gfor ggin ginf ging gins gisn
gmes gnom gnup gori gpac gpas gree gthi gume gure hann hasb hata hatc haty heac hear heba
heca hece hedo hein hela heli helo help hema hena hepl heru hesa heso hesu hete heth hint
hisd hisl hisp hist hive hmbo hori hort hotw houl hpro http hyth ices icke icon idem iden
ideo ides idhi idre ield iffe ifth ifyt ight igin igne ilad ilef ilem ilen ilep iler ilew
ilte ilur imap imec imed imum inal inan indi indo indt ined iner ingh ingn ingu ingw inin
inpu insa inse inue ione ionm ionn ionr ipie isab isad isal isdo isfi ishe isis iski isks
islo isma isme ismi ispr istf itco itha ithe ithm iths itis itwi ived izat izet kcon kend
kesu keya keys keyw kint kmar ktha kyou lace ladd lamd larg last lati lbel lbep lcou ldap
ldof lean lear leat lede ledi lefo leis lema leme lena leng leor lere lesi lesy leth letr
leve lfte lgor lida lidc lidh lido lidp lidr lids like link lish lize llat ller llin lloc
logg logi long lope lume lumn lure luti lved lver lyin lylo malf mana many mart mary maxi
mayn meal meco medo mefo meis memo mepa migh mine ming mini mmar mmun modi more mory mptt
mpty mput mres mult muni musi must nage natt naut nces ncie ncom ncon ncou ndex ndfa ndis
ndme ndno ndoe ndor ndre ndto ndtr ndwi need ners newm news next ngan ngbo ngdi nger nget
ngfo ngme ngre nica nied nint ninv nmou nnel nome nore nosu nott notu npac nplu npro nput
nrea nsfe nsho nsth ntcr ntdo ntha nthi ntit ntmo ntop ntpa ntre ntru ntse ntst ntsu ntwr
ntyp nunk nupg nuse nwas oacc oade oadf oadt obab obje oble ocal odca odec odel odif odin
odow offi offl ofil oget ogin oint okin okma olic oloa oloc olon olut omai oman omat omet
ommu ompl ompo ompu onal onco onen oneo oner onfo ongp onno onot onpl onre onsi onst onts
onve onwa onyo ookm oolo ooma opse opサバ oran orap orcr orec ored orei orem oren oret orfo
orha orig orit oriz orkc orno orpa orsa orse orst orsw orta ortf orts ortt orun orwa orwr
oryo oset osin osit ossi osuc otac otat otde otdi oted otem otes otif otim otma otmo otos
otpa otpo otst ottr otun otva otwe ouar oudo ouha ouma oupd ourp ours ouse outo outy oved
ovin ower owne owri oxes oxyc pace pair path pear pene peni penm penp pent perf pert pfil
pien ping pire plac plet plie plyt podc poin pond pool pops popサ pose posi poss ppea ppen
pply ppro pref priv pser ptta ptto quer queu rack radd rapp rash rcan rces rcon rcre rdir
rdis real reas reci redd rede redf redi redo redt refe refr reis rere resh reth retu reve
reyo rfai rfol rgum rhap rhyt ribe ries rify rigi rins ript rith riti rity riva rive riza
rkco rkin rksf rmor rned rnet rnin rnot roba robl romf root rorf rorm rorp roru rpri rpro
rpub rrea rrep rres rsed rsel rser rset rsin rssy rtag rthi rtth ruct ruse rwri ryfi ryfo
ryou same sand sane sani sass sbee sboo scom scou scov sdoe sech secu seit sere sern sert
sess setr sexp sfer sful shor shou show side siev sinc sint sisn slis smar smay smim smis
smtp snte snts sock solu spro srej ssbo sset ssth ssyl stab stan stbe sten sthi stob stot
stri stru stsi subs such summ sure swas syou taba tacc tail tand tapl tapp targ tate tatu
tbea tbed tbee tbei tbel tbem tbep tbeu tcan tccr tchi tcom tcop tcou tdel tdet tdev tdir
tdis tdoe tean teca tect tedm tedn tedp teds tedw tefi tefo teha teho teis teit tenc tera
teri terp tert tesa tese test teto tewi thas theg theh thek thev thew they thmb thod thor
thou thun timp tina tini tint tisn tist tlis tloa tlyl tmat tmes tnot toac toch tocl todo
toen toex tofo toge toli toom topr tora tori tote totr toup towr tper tpos tpro tput tras
trec tref trem tren tres tret truc tsin tsto ttab tter tthi ttls ttoc ttop ttor ttos turn
tuse twas twel twil twri uare ubsc uctu uddy uery ueue uhav ulti umay umma unde unic unmo
unre unti untr unts upte urco ured ures urne urse usea uset usic utho utoc utod utom utpu
utth utto valu vcar vede velo vera verd vere very view virt volu warn wasa wasi wasr were
wner xecu xfil ximu xmpp xove xpre xyco ycon ydoe yfor ylos yoft youa youh yous ypte ypti
yptt yrun ytes ythi ythm zati いうこ いくつ いため いです いので いよう いフア いメシ い場合 うこと うとし う一度 かどう かまた か確認
がある がない がイン がタイ が一致 が不明 が作成 が利用 が完全 が拒否 が接続 が有効 が生じ が長す が間違 きます くあリ くこと くつか けられ けるこ ことで
ことを このア このプ このメ これら しいメ しくあ したエ したフ したメ したリ した場 してみ しよう じまし すこれ するか するに するの せませ せんc せんこ
そのよ たため たとい たので たはフ ために ための たエラ たフオ た場合 つかの つけら つける てみて ですか ですが でない ときに どうか ないた ないの ないよ
ない場 なたの なエラ なメル なリま にする によつ による にアク にフア に失わ に対す に無効 に移動 に設定 のur のです のよう のアド のエン のタイ のダウ
のデイ のデタ のバジ のパス のプラ のメシ のユザ のリン の一覧 の中に の保存 の公開 の内容 の写真 の初期 の取得 の回数 の場所 の応答 の情報 の状態 の生成
の署名 の解析 の証明 の読み の追加 はこの はない はフオ は不明 は不正 は利用 は拒否 は無効 ますが ますこ みてく み中に もう一 もので ようと ような よつて
るかも るには るのに るまで るよう る可能 る場合 れらの をアシ をクリ をダウ を使用 を入カ を再生 を初期 を参照 を提供 を書き を無効 を解決 を設定 を起動
を選択 を開く を開始 んこの アイコ アイテ アカイ アプリ アルゴ イコン イスの イスを イテム イメジ イルで イルま イルシ イルタ イルド イル名 インが インで
インの インを インタ インド ウトし ウトを エシク エスト エラで エラに エラの エレメ エンコ オフラ オブジ オプシ オプン オマシ オルト カした カして カイブ
キスト キヤン クして クの登 クトを クマク クライ クリシ グレド ケシト ケシヨ ケジは ケジを コピで コルで コンテ コンピ ゴリズ サバか サバの サバは サビス
サマリ ザid シクさ シクし シクを シクマ シトが シトで シトを シプグ シヨシ ジを送 スでき ストが ストの ストを ストリ スフア セキユ セシシ セジは セスが
セスで セスは セスを セルフ タグを タベス チヤン テイン テキス テスト テムの デタの デタを デタベ デトを デフオ デモン トしま トです トに失 トを解 トウエ
トエラ トリが トリの トリを トリム トルに トルを ドが失 ドが無 ドに失 ドメイ ドライ ニユス ネジヤ バから パテイ ヒント ピでき ピユタ フイド フオマ フテス
フトウ フライ ブシク ブジエ プグレ プライ プリケ ヘのア ヘの接 ヘシダ ベての ボリユ マクを マシト マネジ メイン メモリ メルア モドで ヤンネ ユザi ユザの
ユザ名 ヨンが ラがあ ラが生 ラの回 ライブ ラムが リまし リケシ リズム リテイ リユム リンク リング ルでは ルに失 ルまた ルを作 ルを開 ルアド ルゴリ ルシス
ルダに ルダ名 ルフテ ルプを レスが レス帳 レトの レメン ログイ ロドで ロドに ワドが ワドを ンでき ンケシ ントが ントで ンドが ンネル ンピユ ンフト 一度試
一時フ 一致し 一覧を 一部の 不可能 不明で 不明の 了しま 付フア 使用で 保存さ 保存し 信頼で 全に失 公開鍵 内容が 内容を 内部エ 再試行 写真を 処理で 切断さ
削除し 削除す 削除に 前を変 効にす 効期限 動する 化でき 参照し 受け取 可能な 名前の 名前を 在して 在しな 報を取 報告し 場合に 場合は 変更内 始でき 存され
完全に 定外の 実行し 実行で 実行中 容が完 対する 得に失 必要が 必要な 応答が 想定外 成に失 択した 接続し 接続に 敗した 文字が 文字列 断され 明です 明書を
時フア 暗号化 更内容 有効な 有効に 有効期 期化で 未サポ 未知の 析に失 権限が 止され 正しい 決でき 添付フ 無効に 照して 理でき 生した 生成に 用可能 登録に
確認で 示する 示でき 移動で 終了し 能です 致しま 行する 行でき 表示す 表示で 要があ 要です 解析に 解決で 設定さ 設定で 設定を 証でき 試して 試行し 認でき
認証で 読み取 起動で 込み中 連絡先 違つて 部エラ 録に失 長すぎ 開くこ 開始で 関係を 限があ 除する 除に失 頼でき
""",
    16: """
.10. .168 10.5 168. 192. 2.16 68.1 8.10 92.1 abor acco ache achm acke acte acti ader adin
adth aexa afil agai aget ailb ains akae alen aler ales aliz ally amer anak andl andt anen
anin antc antt anun appe appl apti arac aren arge arti aryf asec asno asre assw atch atea
atef atei atet atta atte atur aved avin aybe beca been bein belo bere bjec bled blic book
bort brok byth cach cale call card caus ccou char chme cked clos cojp copy cove cree cter
ctto cume dand dbyt denc dent depe ders dest dete didn disk disp dmes dntc docu docx dont
doyo dpkg dtoc dtof dtoi dtop duet dwit eacc eade eadi eame eand eati ecan ecau ecer echa
ecoj ecom ecor ecou ecre ectt ecur edan edat edel edes edfi edfo edin edir edis edit edoe
edon edth edwi eerr efai efro egis eins eisn ejec elec elis eloc emen emes emot empl empo
empt enab ence enco encr enda endi enew enin enou ente entl entr eope epac epar epen eper
epla eral erco erea ered eren erep ereq erfo erin erma erof erre erst erth erto ervi esol
espe espo esst esta este esti esto eswi esys etch eted etem etha ethi etim etin etoa etod
etoi etol etoo etor etos etot etou etra etri etti etwo euse ever ewit expe expi expo eyou
feed fere fetc figu foll fort ftwa fyou gdat gest geth gfil gina gist gnat grad gram grou
gstr gura hand hara head hede hedi hefo heme hene hepa hepr hesp hich hing hisa hisc hisf
hisi hism hmen hook host hoto hthe iali ible ical idno ient ieve ifyo igna igur ilbo ilea
ilec ilei ileo ilet ilex illb illn imag imeo impo inat inda inde ingb ingc ingd inge ingm
ingo ingr init into iona ionc iond ioni iono ionp ionw isin ispl isre iste isti isun item
itet itht itia itin itio itor itud kaex king late lbox leco lejp lend lerr lesa leti lexa
lfil lfor lica lick lide ling llbe llno lnot lose lost lowe lowi lter mage main make mane
mark matc mayb mber mbox mean medi meou meth mode mote moun movi mpla mthe naka nale nati
natu ncod ncor ncry ndan ndar nden nder ndin ndle ndth nent netw nexp nfai nfil ngco nges
ngfi ngin ngis ngpa niti nnin notd notg notl notm noto notp notv noug nsup ntac ntai ntbe
ntch ntco ntde nten ntex ntfi ntge ntly ntry ntsa ntto numb nver nyou oadd oadi oces ocke
ocon ocre ocum odis ofin oftw ogra oins oken ollo olum olve omth onfa onis only onof onse
onte onti onto ooki oope opar opti orar orco orde ordi oreg ores orin orme ormo orru orti
orwh osav osen otad otal otav oten otex otfi otge otha othi otin otlo otop otsa otse ouca
ough outp ouwa ovid owed owin oyou page part pect pend pera pgra phot plat plec plej plic
pons pora ppli pres prin prob proc prog prop prov prox pted ptit publ pute ract rade rans
rary rate rchi rcom rcou rdoe ream rece redw reen regi rein reje rena renc reno rent repl
resp rest resu retr rfor rget riev rint rman rmed rmin rmis rnal rnam roce rogr roke romt
rong rope rora rord rori rorr roup rovi roxy rren rrup rsio rsta rtin runn rupt rust rvic
rwhi ryag ryin sabl sale savi scan scon scre scri seco sele self sent seri seth sett sfai
sfil sfor sfro shot sibl sinv size sloc soft solv some spac spla spon sreq ssib ssto sswo
ster stha stin stoo swil swit swor tabl tach tact tadd tana tati tava tbec tber tbes tcha
tche teco teda tede tedf tedi tedo tedt teno tent tere term terr ters text tfai tfil tfor
than thav theb thee thei thel theo thet theu thin thth tial tins tinu titu tnam toad tobe
tode todi tofi tolo toma tool toop topa tosa tose tpar trac tran trie trus trya tryi tsel
tsen tset tsta ttac ttem ttin tude tval twar twor tyou ubli ucan udon ueto umbe unex unni
upgr urat urin used usin uste uter uthe utio uwan veri verr vert veth vide want ware wasn
well when whic wing work wron xpec xpir xpor yaga yfil ying ylis ynot youc youd youm yout
youw あなた いるか うです おそら かつた かもし からの がすで が不正 が含ま が壊れ が失敗 が存在 が必要 が正し が無効 き込み き込め ぎます このフ これは
したが しない しれま すぎま するた すると すベて そらく たフア でに存 ではあ ではな でエラ という として とはで ないか ないと なかつ に接続 に書き のため
のアク のイン のエラ のコン のパシ のフオ のプロ の作成 の削除 の名前 の変更 の接続 の登録 の種類 の設定 はすで は存在 まれて み込み み込め もしれ ようで
られま るため れたフ われま を受け を実行 を生成 を確認 を表示 を見つ を解析 を追加 を送信 を開け アカウ アクシ イスク イムア イルに イルは インに イング
インポ ウエア エクス エクト エント カウン カレン キヤシ キユメ クされ クアシ クシヨ クスポ クリン グラム グルプ ケジの サイズ サバが シクの シクア シクス
シシユ シシヨ シトワ シプデ ジエク ジヨン スクリ スポト スワド セシト セジの タイプ チエシ テンプ トルさ トルで トワク ドでき ドキユ ネシト バシク バジヨ
パスワ フイル フシク プシヨ プデト プレト プロキ プログ プロセ ホスト ボシク ポトで マウン ムアウ メルボ ヤシシ ユメン ヨンの ヨンを ライン リシク リスト
リモト リンス ルされ ルでき ルダが ルダの ルダは ルボシ レンダ ロキシ ログラ ロセス ントの ントを ントリ ンプレ ンポト 不明な 不正で 不正な 事録d 以下の
依存関 保存す 保存で 信でき 入カし 初期化 利用で 効です 動でき 十分な 可能で 可能性 否され 含まれ 壊れて 失われ 存する 存でき 存関係 定した 定でき 必要で
性があ 情報を 拒否さ 指定さ 指定し 接続が 接続で 接続を 明書の 析でき 正しく 正です 求され 無効で 生成で 続でき 能性が 行して 要求さ 見つけ 解析で 議事録
送信で 選択し 録do 間違つ
""",
    32: """
3四半期 acce acku addr adye ages aila alle allo alog alre ampl aner ange arch arse atec ated
ates atin ause auth auto avai back cces ccur cert chec cifi ckup code comm comp conf corr
coun cryp ctem curr date ddre dele devi dfil dfor ding disc down dres dthe dtor dwhi dyex
eady earc ease ecif edby edwh efol efor elet emai emov empa enam ende ener enot ents eout
epor epro eque equi erat ermi erna ersi erti eser esnt esou essi etoc evic exam fied find
foun fthe full gain gene gthe hang have heck heco hefi hent hese ifie ilab inco info inga
ingf ingi ingp ings inte inth ionf ions iont ired isco isto ists ject labl leas lect lete
line lled llow loca lock lrea lugi mand mati mime mman move mpal mple mpor nera nerr nfig
nfor ngth ngto ning nloa noth noti ntic ntin ocat occu ocol ofth omma onfi onta onth oper
oroc orre orth ortx otco otcr otfo othe otoc ound ount over ownl palo pars pass pdat peci
perm play plea plug prot ptio ques quir rati reco remo repo reso ress ring rite rmat rocc
rorc roro rors rorw roto rrec rred rthe rtif rtxl rypt sare save sear send sign sour spec
ssio star stat sted stem sthe stor stre syst tain tart tcon tcre tedb tern teth texi tfin
tfou tget that thea thed them then tica time toco tocr toin tope toth trea tsav tthe ture
txls type uest ugin uire umen unsu upda urce urre vail vers vice ving will wnlo word writ
xamp xlsx yexi yste ythe ができ がみつ きない けませ ことが ことは しませ すでに するこ する際 つてい ている できな とがで に存在 のフア
はあリ はでき はサポ ますか または めませ る際に れまし れます れませ をイン をサポ を作成 を保存 を削除 を取得 を変更 を読み アウト アクセ アシプ アドレ
イルが イルの イレク ウント ウンロ クセス クトリ グイン コマン システ ステム セジを タイム ダウン デイス デイレ デバイ トされ トでき トコル ドレス バイス
プラグ プロト ポトさ マンド メント ラグイ ルダを レクト ロシク ロトコ ンロド 削除で 加でき 取得で 四半期 在しま 変更で 定され 得でき 新しい 更でき 書き込
無効な 用でき 確認し 第3四 証明書 認して 読み込 込めま 追加で 開けま 除でき 際にエ
""",
    64: """
acka cant cate cati cess chan ckag conn cont crea cted ctio ctor data dire does eate econ
ecte ecti ecto efil enti erve esno essa ethe exis fica fold form from here hile icat ific
iles ingt inst inva irec isno issi kage know lder ldnt list load mail ment mess miss name
nect nkno nnec nota notc note notf notr nown nsta nter nthe nval oesn olde onne open orma
otre otsu ourc pack read reat rect requ rver sage serv sing sion ssag ssin stal tall temp
thec thef thep ther thes tifi tore tory tsup unkn user whil with xist your いない います かリま くださ
された されま してく します ださい つかリ ていな てくだ みつか ること イルを インス シケジ シセジ シヨン ストル トして パシケ ポトし メシセ リます ンスト
中にエ 作成で 存在し 成でき
""",
    128: """
alid anno atio blet cann edto ldno ledt leto nabl nnot notb nots orte otbe port ppor rted
snot supp this ting unab uppo vali あリま いませ があリ が発生 されて してい ていま にエラ に失敗 れてい エラが オルダ サポト フオル
ラが発 リませ 失敗し 敗しま 生しま 発生し
""",
    256: """
able aile coul dnot erro fail file iled ould rror tion uldn しまし せんで でした ました んでし アイル フアイ
""",
    512: """
きませ できま
""",
    1024: """
ません
""",
}
"""For each number of messages, a power of 2: the n-grams so many have, and not twice as many."""
