// Everything that the studio says, in English and Chinese.
import { signal } from "./signal";
import { OF_FILMS } from "./words_film";
import { OF_PLANS } from "./words_plan";

const WORDS = {
  begin: ["New film", "新影片"], films: ["Films", "影片"], api: ["API", "API"], language: ["中文", "English"], theme: ["Light or dark", "明暗"],
  skip: ["Skip to content", "跳到内容"],
  hero: ["Write it. See the plan. Film it.", "写下来，看分镜，拍成片。"],
  lead: [
    "Tell who speaks, what they say and what happens. You see the plan first; nothing is filmed until you like it.",
    "写下谁在说话、说什么、发生什么。先看计划，满意了再开拍。",
  ],
  words: ["Your film in words", "用文字描述影片"],
  placeholder: [
    "Cat: Hello there! Robot: Good morning. The cat waves; the robot is confused. In a kitchen, in the rain.",
    "猫：你好呀！机器人：早上好。猫挥手，机器人困惑。在厨房，下雨。",
  ],
  try: ["Try one", "试一试"],

  remove: ["Remove", "移除"], consent: ["Who may use these faces and voices?", "谁有权使用这些人脸和声音？"],
  self: ["They are mine", "是我本人"], permission: ["I have permission", "已获许可"], fictional: ["They are fictional", "虚构人物"], licensed: ["They are licensed", "已获授权"],
  shape: ["Aspect ratio", "画幅"], wide: ["Wide 16:9", "横屏 16:9"], tall: ["Tall 9:16", "竖屏 9:16"], square: ["Square 1:1", "方形 1:1"], quality: ["Resolution", "清晰度"],
  captions: ["Captions", "字幕"], none: ["None", "无"], plain: ["Plain", "普通"], box: ["In a box", "底框"], word: ["Word by word", "逐词"],
  plan: ["Plan the film", "制定计划"], planning: ["Planning…", "正在计划…"],
  needAnything: ["Say in a sentence what the film shows, or drop a portrait.", "请用一句话说明影片内容，或放入一张肖像。"],

  script: ["Script", "剧本"], again: ["Plan again", "重新计划"], againAbout: ["You see what would change before anything does. What is locked stays, and so do spoken lines.", "先看改动，再决定。锁定的部分和台词保持不变。"],
  fresh: ["New film from these words", "用这些文字新建"],
  shots: ["Shots", "镜头"], shot: ["Shot", "镜头"], framing: ["Framing", "景别"], who: ["Who", "人物"], everybody: ["Everybody", "所有人"],
  look: ["Looks, style and place", "外貌、画风与地点"], cues: ["What happens", "发生什么"], strength: ["Strength", "强度"], slight: ["slight", "轻微"], normal: ["normal", "普通"], strong: ["strong", "强烈"],
  add: ["Add", "添加"], lock: ["Lock", "锁定"], locked: ["Locked", "已锁定"], why: ["Why?", "为什么？"], undo: ["Undo", "撤销"], redo: ["Redo", "重做"],
  from: ["from", "从"], to: ["to", "到"], emotion: ["Emotion", "情绪"], action: ["Action", "动作"], camera: ["Camera", "镜头运动"],
  saved: ["Saved", "已保存"], saving: ["Saving…", "正在保存…"],
  animatic: ["Animatic", "动态分镜"], drawing: ["Drawing the plan…", "正在绘制分镜…"], stale: ["The plan has changed since.", "计划已更改。"],
  film: ["Film it", "开拍"], timeline: ["Timeline", "时间线"], notes: ["Notes", "备注"],
  filming: ["Filming", "拍摄中"], queued: ["Waiting", "排队中"], paused: ["Paused", "已暂停"], done: ["Done", "已完成"], failed: ["Failed", "失败"], cancelled: ["Cancelled", "已取消"], running: ["Filming", "拍摄中"],
  leftOver: ["left", "剩余"], place: ["Place in the queue", "排队位置"], pause: ["Pause", "暂停"], resume: ["Resume", "继续"], cancel: ["Cancel", "取消"],
  preview: ["What is finished plays here while the rest is filmed.", "已拍好的部分可先在这里播放。"], soon: ["The first second comes soon", "马上可以看到第一秒"], lost: ["The service does not answer. It goes on as soon as it is back.", "服务没有响应，恢复后会自动继续。"],
  watch: ["Play what is there", "播放已完成部分"], download: ["Download", "下载"], report: ["Report", "报告"], reseed: ["Film again with another seed", "换种子再拍"], edit: ["Edit the plan", "编辑计划"],
  gallery: ["Your films", "我的影片"], empty: ["No films yet. The first one is a sentence away.", "还没有影片。写一句话就能开始。"], delete: ["Delete", "删除"], sureDelete: ["Delete this film?", "删除这部影片？"],
  plans: ["Plans without a film", "尚未拍摄的计划"], token: ["Token of this service", "此服务的令牌"], enter: ["Enter", "进入"], seed: ["Seed", "种子"], engine: ["Engine", "引擎"], length: ["Length", "时长"], worked: ["Time to film", "拍摄用时"], frame: ["Resolution", "画面"],
  untitled: ["Untitled", "未命名"], loading: ["Loading…", "正在加载…"], synthetic: ["Films made here are synthetic. Say so where you show them.", "这里生成的是合成影片，展示时请注明。"],
  "close-up": ["close-up", "特写"], "medium close-up": ["medium close-up", "近景"], medium: ["medium", "中景"], full: ["full", "全身"], "wide shot": ["wide", "远景"], asis: ["automatic", "自动"],
  ...OF_PLANS, ...OF_FILMS,
} as const;

/** What a film is busy with, as the service calls it. */
const PHASES: Record<string, readonly [string, string]> = {
  storyline: ["planning", "计划"], stock: ["reading pictures and voices", "读取图片和声音"], blueprint: ["draft", "草稿"], keyframes: ["keyframes", "关键帧"], clips: ["shots", "镜头"],
  joins: ["joining shots", "衔接镜头"], finish: ["finishing in full resolution", "精修"], film: ["picture and sound", "合成画面和声音"], signature: ["signing", "签名"],
};
export const phase = (name: string): string => PHASES[name]?.[chinese() ? 1 : 0] ?? name;

const TERMS: Record<string, string> = {
  calm: "平静", excitement: "兴奋", confusion: "困惑", sadness: "悲伤", surprise: "惊讶", anger: "愤怒",
  static: "固定", "push in": "推进", "pull out": "拉远", "pan left": "左摇", "pan right": "右摇", "tilt up": "上摇", "tilt down": "下摇", orbit: "环绕", handheld: "手持", follow: "跟随",
  nod: "点头", "shake head": "摇头", "look left": "向左看", "look right": "向右看", "look up": "抬头看", "look down": "低头看", "lean in": "前倾", smile: "微笑", "brow raise": "扬眉", blink: "眨眼", sigh: "叹气",
  wave: "挥手", "turn left": "左转", "turn right": "右转", "raise both hands": "举双手", "fold arms": "抱臂", point: "指向", shrug: "耸肩", clap: "鼓掌", bow: "鞠躬", "take off glasses": "摘眼镜", drink: "喝水", "hand over": "递东西", "walk in": "走进来", "sit down": "坐下", "stand up": "站起来", dance: "跳舞",
  audio: "声音", visual: "画面", text: "文字", director: "导演",
  drawn: "绘制", portrait: "肖像", native: "原生", fake: "测试",
};

export type Word = keyof typeof WORDS;
const kept = localStorage.getItem("language");
export const language = signal(kept ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
export const chinese = () => language.value === "zh";

/** A text of the dictionary in the language of the page. */
export const t = (word: Word): string => WORDS[word][chinese() ? 1 : 0];

export const shotsOf = (count: number): string => (chinese() ? `${count} 个镜头` : `${count} shot${count === 1 ? "" : "s"}`);

/** A term of storylines (an emotion, an action, a camera move, an engine). */
export const term = (word: string): string => (chinese() ? (TERMS[word] ?? word) : word);

export function speak(name: string): void {
  localStorage.setItem("language", name);
  document.documentElement.lang = name === "zh" ? "zh-Hans" : "en";
  language.value = name;
}
