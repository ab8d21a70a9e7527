"""Digits in Mandarin text as characters: years digit by digit, percentages, decimals, whole numbers up to a trillion."""

import re

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?=\s*年)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:：](\d{2})(?!\d)")
_SHARE = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*[%％]")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def in_characters(text: str) -> str:
    """The text with all numbers written as they are read."""
    text = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    text = _YEAR.sub(lambda match: _each(match[1]), text)
    text = _CLOCK.sub(lambda match: f"{_whole(match[1])}点" + (f"{_whole(match[2])}分" if int(match[2]) else ""), text)
    text = _SHARE.sub(lambda match: f"百分之{_number(match[1])}", text)
    return _NUMBER.sub(lambda match: _number(match[0]), text)


def _number(text: str) -> str:
    plain = text.replace(",", "")
    whole, _, part = plain.lstrip("-").partition(".")
    return ("负" if plain.startswith("-") else "") + _whole(whole) + (f"点{_each(part)}" if part else "")


def _each(digits: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in digits)


def _whole(digits: str) -> str:
    if len(digits) > 16 or (len(digits) > 1 and digits.startswith("0")):
        return _each(digits)
    groups = [digits[max(0, end - 4) : end] for end in range(len(digits), 0, -4)]
    read = ""
    for at in range(len(groups) - 1, -1, -1):
        value = int(groups[at])
        if value:
            zero = "零" if read and (value < 1000 or read.endswith("零")) and not read.endswith("零") else ""
            read += zero + _below_ten_thousand(value) + _GROUPS[at]
    read = read or _DIGITS[0]
    return read.removeprefix("一") if re.match("一十", read) else read


def _below_ten_thousand(value: int) -> str:
    read, skipped = "", False
    for place, digit in zip(range(3, -1, -1), f"{value:04d}", strict=True):
        if digit == "0":
            skipped = bool(read)
            continue
        read += ("零" if skipped else "") + _DIGITS[int(digit)] + _PLACES[place]
        skipped = False
    return read
