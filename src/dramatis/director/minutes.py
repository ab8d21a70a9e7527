"""The minutes of a deliberation, in English or Chinese: what each expert claimed in each round, what was settled and how."""

import re
from typing import Literal

from dramatis.story import Claim, Deliberation

Language = Literal["en", "zh"]
_CHINESE = re.compile(r"[一-鿿]")
_EXPERTS = {"audio": "声音专家", "visual": "画面专家", "text": "文字专家", "director": "导演"}
_KINDS = {
    "emotion": "情绪", "action": "动作", "camera": "镜头", "framing": "景别", "speaker": "说话者", "listener": "倾听",
    "look": "外貌", "setting": "场景", "style": "风格", "mood": "气氛", "avoid": "避免", "line": "台词",
}  # fmt: skip
_WHAT = {
    "calm": "平静", "excitement": "兴奋", "confusion": "困惑", "sadness": "悲伤", "surprise": "惊讶", "anger": "愤怒",
    "static": "固定", "push in": "推近", "pull out": "拉远", "pan left": "左摇", "pan right": "右摇", "tilt up": "上摇",
    "tilt down": "下摇", "handheld": "手持", "orbit": "环绕", "follow": "跟随",
    "nod": "点头", "shake head": "摇头", "look left": "看左", "look right": "看右", "look up": "抬头", "look down": "低头",
    "lean in": "前倾", "smile": "微笑", "brow raise": "扬眉", "blink": "眨眼", "sigh": "叹气", "wave": "挥手",
    "turn left": "左转", "turn right": "右转", "raise both hands": "举起双手", "fold arms": "抱臂", "point": "指",
    "shrug": "耸肩", "clap": "鼓掌", "bow": "鞠躬", "take off glasses": "摘眼镜", "drink": "喝水", "hand over": "递",
    "walk in": "走进", "sit down": "坐下", "dance": "跳舞",
    "close-up": "特写", "medium close-up": "近景", "medium": "中景", "full": "全景",
}  # fmt: skip


def chinese(words: str) -> bool:
    """Whether a text is (partly) Chinese."""
    return _CHINESE.search(words) is not None


def minutes(deliberation: Deliberation, language: Language = "en") -> tuple[str, ...]:
    """One line for each claim, conflict and gap; claims are numbered as others refer to them."""
    lines, now = [], None
    for place, claim in enumerate(deliberation.claims):
        if claim.round != now:
            now = claim.round
            lines.append(f"第 {now} 轮" if language == "zh" else f"Round {now}")
        filled = place in deliberation.filled
        lines.append(f"  {place + 1}. {_claim(claim, filled, language)}")
    for conflict in deliberation.conflicts:
        among, kept = (", ".join(str(place + 1) for place in places) for places in (conflict.claims, conflict.kept))
        if language == "zh":
            lines.append(f"冲突 ({among})：{_word(conflict.about)}；保留 {kept or '无'}。{conflict.how}")
        else:
            lines.append(f"Conflict ({among}) about {conflict.about}: kept {kept or 'nothing'}. {conflict.how}")
    return tuple(lines)


def _word(word: str) -> str:
    return _WHAT.get(word) or _KINDS.get(word) or word


def _claim(claim: Claim, filled: bool, language: Language) -> str:
    zh = language == "zh"
    expert = _EXPERTS[claim.expert] if zh else claim.expert
    what = f"{_KINDS[claim.kind]}：{_word(claim.what)}" if zh else f"{claim.kind} {claim.what}"
    parts = [f"{claim.who} {what}" if claim.who else what]
    if claim.kind in ("emotion", "action", "camera"):
        parts.append(f"{'强度' if zh else 'intensity'} {claim.intensity:.2f}")
    if claim.span is not None:
        parts.append(f"{claim.span.start:.1f}-{claim.span.end:.1f} {'秒' if zh else 's'}")
    if claim.at:
        parts.append(f"说到“{claim.at}”时" if zh else f'at the word "{claim.at}"')
    parts.append(f"{'把握' if zh else 'sure'} {claim.confidence:.0%}")
    for name, places in (("支持" if zh else "supports", claim.supports), ("反对" if zh else "contradicts", claim.contradicts)):
        if places:
            parts.append(f"{name} {', '.join(str(place + 1) for place in places)}")
    if filled:
        parts.append("补全" if zh else "fills a gap")
    evidence = f" — {claim.evidence}" if claim.evidence else ""
    return f"{expert}{'：' if zh else ': '}{', '.join(parts)}{evidence}"
