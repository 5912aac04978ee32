// Every sentence of the page, in both languages, written natively.
import { Broken, type Language, Refused, type Words } from "./api";

const SENTENCES = {
  tagline: ["Workbench", "ワークベンチ"],
  channels: ["Channels", "チャンネル"],
  directMessages: ["Direct messages", "ダイレクトメッセージ"],
  appHome: ["Home", "ホーム"],
  messagesTab: ["Messages", "メッセージ"],
  actAs: ["Act as", "操作する人"],
  employee: ["employee", "社員"],
  staff: ["helpdesk", "ヘルプデスク"],
  guest: ["partner", "社外"],
  language: ["Language", "言語"],
  theme: ["Theme", "配色"],
  themeAuto: ["System", "自動"],
  themeLight: ["Light", "ライト"],
  themeDark: ["Dark", "ダーク"],
  settings: ["Settings", "設定"],
  skip: ["Skip to the message box", "入力欄へ移動"],
  thread: ["Thread", "スレッド"],
  close: ["Close", "閉じる"],
  back: ["Back", "戻る"],
  replies1: ["1 reply", "1 件の返信"],
  repliesN: ["{n} replies", "{n} 件の返信"],
  lastReply: ["last {time}", "最終返信 {time}"],
  replyInThread: ["Reply in thread", "スレッドで返信"],
  showWhy: ["Why?", "理由を見る"],
  more: ["More actions", "その他の操作"],
  edit: ["Edit message", "メッセージを編集"],
  remove: ["Delete message", "メッセージを削除"],
  diagnose: ["Diagnose this message", "このメッセージを診断"],
  shortcutBy: ["Firstcheck shortcut", "Firstcheck のショートカット"],
  save: ["Save", "保存"],
  cancel: ["Cancel", "キャンセル"],
  send: ["Send", "送信"],
  messageTo: ["Message {name}", "{name} へのメッセージ"],
  replyPlaceholder: ["Reply…", "返信する…"],
  composerHint: ["Enter sends, Shift+Enter starts a new line", "Enter で送信、Shift+Enter で改行"],
  alsoToChannel: ["Also send to {name}", "{name} にも投稿する"],
  onlyYou: ["Only visible to you", "あなただけに表示されています"],
  edited: ["(edited)", "（編集済み）"],
  deleted: ["This message was deleted.", "このメッセージは削除されました。"],
  app: ["APP", "アプリ"],
  today: ["Today", "今日"],
  repliedToThread: ["replied to a thread", "スレッドに返信しました"],
  notMember: ["{name} is not a member of this channel. Posting joins it.", "{name} はこのチャンネルのメンバーではありません。投稿すると参加します。"],
  noSlashInThread: ["Slash commands don't work in threads.", "スレッドではスラッシュコマンドを使えません。"],
  newMessage: ["New message from {name}: {text}", "{name} からの新着：{text}"],
  emptyTitle: ["Paste an error as an employee would", "社員になったつもりでエラーを貼り付けてください"],
  emptyBody: ["Firstcheck answers in the thread, as in Slack. The panel beside it says why.", "Slack と同じように、Firstcheck がスレッドで答えます。理由は隣の画面に出ます。"],
  samples: ["Try one of these", "試してみる"],
  samplesOpen: ["Samples", "サンプル"],
  lost: ["Connection lost. Trying again…", "接続が切れました。再接続しています…"],
  connecting: ["Connecting…", "接続しています…"],
  appGone: ["The bot is not connected; messages wait for it.", "ボットが接続されていません。メッセージは接続後に処理されます。"],
  silentApp: ["The bot did not respond ({note}). Slack shows a warning here.", "ボットが応答しませんでした（{note}）。Slack ではここに警告が出ます。"],
  refused: ["That did not work: {why}", "実行できませんでした：{why}"],
  broken: ["The server failed; its log says where.", "サーバーでエラーが起きました。詳しくはサーバーのログをご確認ください。"],
  timedOut: ["The server does not answer.", "サーバーが応答しません。"],
  tabChat: ["Chat", "チャット"],
  tabWhy: ["Why", "理由"],
  why: ["Why", "理由"],
  whyPanel: ["Why the bot did this", "ボットがそうした理由"],
  whyEmpty: ["Select a message, or type one: its reading appears here.", "メッセージを選ぶか入力すると、ここに読み取り結果が出ます。"],
  ofDraft: ["Draft, not sent yet", "下書き（未送信）"],
  ofMessage: ["{name}, {time}", "{name}・{time}"],
  reading: ["What was read", "読み取った内容"],
  original: ["As pasted", "原文"],
  normalised: ["Normalised", "正規化後"],
  languageOf: ["Language: {name}", "言語：{name}"],
  langJa: ["Japanese", "日本語"],
  langEn: ["English", "英語"],
  candidates: ["Known errors considered", "候補になった既知のエラー"],
  noCandidates: ["No known error resembles this text.", "似ている既知のエラーはありません。"],
  score: ["Score {n} of 1", "スコア {n}（最大 1）"],
  confident: ["confident", "確信あり"],
  near: ["near", "近い"],
  none: ["no match", "該当なし"],
  outcomeAnswer: ["Answers in the thread", "スレッドで回答します"],
  outcomeNear: ["Stays silent in a channel; asked directly, it offers this", "チャンネルでは答えません。直接聞かれたときは候補として示します"],
  outcomeSilent: ["Stays silent", "何も答えません"],
  outcomeAsk: ["Asks which app shows it", "どのアプリのエラーかを尋ねます"],
  outcomeQuiet: ["Recognised, but not answered here", "認識しましたが、ここでは答えていません"],
  quietWhy: ["It may have been answered to this person a moment ago, somebody may have answered already, or the bot is not in this channel.", "直前に同じ人へ回答した、ほかの人がすでに答えた、またはボットがこのチャンネルにいない場合があります。"],
  bandAnswerWhy: ["The wording is that of a known error.", "既知のエラーの文言と一致しています。"],
  bandNearWhy: ["Close to a known error, but not close enough to answer in public.", "既知のエラーに近いものの、公開の場で答えるほど確かではありません。"],
  bandNoneWhy: ["Nothing in it reads like a known error.", "既知のエラーに当たる文言がありません。"],
  needsContext: ["A code that several products use: the product must be known first.", "複数の製品で使われるコードです。先に製品の確認が必要です。"],
  recognisedBy: ["Recognised by", "決め手"],
  reasons: ["Reasons", "根拠"],
  otherCandidates: ["{n} more, less likely", "ほか {n} 件（可能性は低い）"],
  evidence: ["What is known", "分かっていること"],
  noEvidence: ["Nothing beyond the message itself yet.", "メッセージのほかには、まだありません。"],
  fromReport: ["from the paste", "貼り付けた内容から"],
  fromPerson: ["from the person", "本人の回答"],
  causes: ["Why it may happen", "考えられる原因"],
  ruledOut: ["ruled out: {by}", "除外：{by}"],
  misdirection: ["What the message hides", "メッセージの誤解しやすい点"],
  steps: ["What to do next", "次の一手"],
  next: ["next", "次に実施"],
  stepFix: ["fix", "対処"],
  stepAsk: ["question", "質問"],
  stepHand: ["hand over", "引き継ぎ"],
  expectedCost: ["expected cost", "期待コスト"],
  conversation: ["The conversation", "会話の状態"],
  noCase: ["This message opened no conversation.", "このメッセージから会話は始まっていません。"],
  phase: ["Phase", "段階"],
  turn: ["turn {n}", "{n} 手目"],
  tried: ["Tried", "試したこと"],
  timers: ["Timers", "タイマー"],
  dueIn: ["in {time}", "{time}後"],
  dueNow: ["due now", "まもなく"],
  ticket: ["Ticket", "チケット"],
  rules: ["Rules", "ルール"],
  rulesN: ["{n} rules", "ルール {n} 件"],
  rulesLoaded: ["Rules reloaded: {n} rules, version {version}", "ルールを再読み込みしました：{n} 件、バージョン {version}"],
  rulesBroken: ["{n} problems in the rules. The version before keeps answering.", "ルールに {n} 件の問題があります。直前のバージョンで動作を続けます。"],
  rulesFine: ["No problems. Save a rule file and it is used at once.", "問題はありません。ルールファイルを保存すると、すぐに反映されます。"],
  rulesVersion: ["Version {version}, {n} rules, loaded {time}", "バージョン {version}・{n} 件・{time} 読み込み"],
  hint: ["Hint: {hint}", "ヒント：{hint}"],
  show: ["Show", "表示"],
  dismiss: ["Dismiss", "閉じる"],
  noHome: ["The bot has not published a Home tab yet.", "ボットはまだホームタブを公開していません。"],
  submit: ["Submit", "送信"],
  optional: ["(optional)", "（任意）"],
  choose: ["Choose…", "選択してください…"],
  required: ["Please fill this in.", "入力してください。"],
  unknownBlock: ["A block of type {type}", "{type} 型のブロック"],
  file: ["File", "ファイル"],
  confirmDelete: ["Delete this message? This cannot be undone.", "このメッセージを削除しますか。元に戻せません。"],
  yes: ["Yes", "はい"],
  unread: ["new", "新着"],
} as const satisfies Record<string, readonly [string, string]>;

/** Why a call failed, as a sentence. */
export function trouble(error: unknown, language: Language): string {
  if (error instanceof Refused) return error.message;
  return sayIn(language)(error instanceof Broken ? "broken" : "timedOut");
}

export type Key = keyof typeof SENTENCES;
export type Say = (key: Key, values?: Record<string, string | number>) => string;

export function sayIn(language: Language): Say {
  return (key, values = {}) =>
    SENTENCES[key][language === "ja" ? 1 : 0].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** A sentence of the server in the page's language, else in the other one. */
export function pick(words: Words | null | undefined, language: Language): string {
  if (words == null) return "";
  if (typeof words === "string") return words;
  return (language === "ja" ? words.ja || words.en : words.en || words.ja) ?? "";
}

const TERMS: Record<string, readonly [string, string]> = {
  offered: ["a step was offered", "確認・対処を案内中"],
  choosing: ["asked which error it is", "どのエラーかを確認中"],
  people: ["the helpdesk was offered", "ヘルプデスクを案内中"],
  escalated: ["handed to the helpdesk", "ヘルプデスクへ引き継ぎ済み"],
  solved: ["solved", "解決済み"],
  dismissed: ["quiet: not an error", "停止中（エラーではない）"],
  expired: ["closed: nobody answered", "応答がなく終了"],
  nudge: ["reminder", "再確認の連絡"],
  close: ["closes the case", "自動終了"],
  open: ["open", "未対応"],
  claimed: ["claimed", "担当者あり"],
  resolved: ["resolved", "解決済み"],
  failed: ["did not help", "効果なし"],
  fixed: ["helped", "解決"],
  not_sure: ["not sure", "分からない"],
  yes: ["yes", "はい"],
  no: ["no", "いいえ"],
};

/** A machine's word (a phase, a timer, a result) as a person would say it. */
export function term(word: string | undefined, language: Language): string {
  if (!word) return "";
  return TERMS[word]?.[language === "ja" ? 1 : 0] ?? word.replaceAll("_", " ");
}

const SHORTHAND: [RegExp, string][] = [
  [/^pinned first by the author; /, "作成者が最初に指定。"],
  [/asking saves ([\d.]+) of ([\d.]+) expected/, "質問すると、期待コスト $2 のうち $1 を減らせる"],
  [/helps with ([\d.]+), costs ([\d.]+): ([\d.]+) a unit/, "効く見込み $1、手間 $2（手間あたり $3）"],
  [/only people can help now/, "ここからは担当者の対応が必要"],
  [/no cause is known/, "原因が登録されていない"],
  [/its fix did not help/, "対処の効果なし"],
  [/\bcommon\b/, "よくある"],
  [/\boccasional\b/, "時々ある"],
  [/\brare\b/, "まれ"],
];

/** The diagnosis' own shorthand ("common 6 x points_to 8 = 48"), readable in Japanese too. */
export function machine(words: Words | null | undefined, language: Language): string {
  const told = pick(words, language);
  if (language !== "ja" || typeof words !== "string") return told;
  return SHORTHAND.reduce((text, [pattern, instead]) => text.replace(pattern, instead), told);
}

const FEATURES: Record<string, string> = {
  coverage: "文言の一致率",
  purity: "一致箇所に占める文言の割合",
  bulk: "一致した特徴的な文字の量",
  run: "誤りなく続いた文字の長さ",
  alone: "行や引用に占める割合",
  rarity: "このルールに特有の言葉の割合",
  size: "候補になりうるルールの数",
  told: "周囲の言葉がエラーであることを示している",
  torn: "途切れた先に別の言葉がある",
  cut: "人の手で途中まで貼られている",
  glued: "長い単語の一部にすぎない",
  gap: "途中の文字の抜けや余り",
  before: "前に別の言葉がある",
  after: "後ろに別の言葉がある",
  goes_on: "別のメッセージとして続いている",
  spoken: "その人自身の文として続いている",
  company: "ほかのエラーも書かれている",
  differs: "文言の一部が別の言葉になっている",
  support: "補助の文言も見つかった",
  code: "エラーコードが一致した",
  near: "製品を示す言葉がない",
  bare: "エラーと呼ばれていない、ただの数字",
  surroundings: "解決の報告や案内など、エラーの相談ではない文脈",
  draft: "ルールが下書き",
  rival: "同じ箇所に合うルールがほかにある",
  unless: "ルールの除外条件に当たる",
};

/** A reason of the matcher, named in Japanese; empty for one the page does not know. */
export function feature(name: string | undefined): string {
  return FEATURES[name ?? ""] ?? "";
}
