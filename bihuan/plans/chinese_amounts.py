"""Amounts of money in the characters Chinese approvers read them by: 大写金额. No database.

Source: 支付结算办法 (People's Bank of China, 1997), annex 1, rules for figures on bills.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")


def in_capitals(amount: Decimal) -> str:
    """``100000.01`` → ``壹拾万元零壹分``. Not negative, below 10^16 yuan; rounded to the cent."""
    cents = int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if not 0 <= cents < 10**18:
        raise ValueError(amount)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    written = f"{_whole(yuan)}元" if yuan or not (jiao or fen) else ""
    if not (jiao or fen):
        return f"{written}整"
    if yuan and (not jiao or yuan % 10 == 0):
        written += "零"
    written += f"{_DIGITS[jiao]}角" if jiao else ""
    return written + (f"{_DIGITS[fen]}分" if fen else "")


def _whole(yuan: int) -> str:
    if not yuan:
        return "零"
    written, gap, place = "", False, len(str(yuan)) - 1
    while place >= 0:
        digit = yuan // 10**place % 10
        if digit:
            written += ("零" if gap and written else "") + _DIGITS[digit] + _PLACES[place % 4]
            gap = False
        else:
            gap = True
        if place % 4 == 0 and yuan // 10**place % 10000:
            written += _GROUPS[place // 4]
        place -= 1
    return written
