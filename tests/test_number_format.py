"""Values as spreadsheets show them under their formats."""

from __future__ import annotations

from decimal import Decimal

from goalcheck.readers.date_format import serial
from goalcheck.readers.format_code import BUILT_IN
from goalcheck.readers.number_format import NumberFormat, decimal

SHOWN = r"""
General | 0.30000000000000004 | 0.3
 | 12.5 | 12.5
General | 123456789012 | 123456789012
General | 0.0000125 | 0.0000125
General | 1e-12 | 1E-12
General | 1.5e+20 | 1.5E+20
General | -3 | -3
G/通用格式"人" | 12.5 | 12.5人
0 | 2.5 | 3
0 | -2.5 | -3
0.00 | 1.005 | 1.01
0.00 | 0.125 | 0.13
0.00 | 1234.5 | 1234.50
0.00 | 1e20 | 100000000000000000000.00
#,##0 | 1234567 | 1,234,567
#,##0.00 | 999.999 | 1,000.00
#,##0.00 | 12 | 12.00
#,##0.00 | 0 | 0.00
0000 | 12 | 0012
#.## | 5 | 5.
#.## | 0.5 | .5
#,##0.## | 1234.5 | 1,234.5
0.0? | 1.5 | 1.5
0,000 | 12 | 0,012
000-0000 | 1234567 | 123-4567
#,##0, | 1234567 | 1,235
0.00,, | 1234567 | 1.23
0.00,"千元" | 1234567 | 1234.57千元
0!.0,"万" | 12345.6 | 1.2万
0\.0,"万元" | 1234567 | 123.5万元
0!.0000"万元" | 12345 | 1.2345万元
0% | 0.95 | 95%
0% | 0.955 | 96%
0.00% | 0.12345 | 12.35%
0.0% | 1 | 100.0%
0"%" | 95 | 95%
"≥"0"次" | 48 | ≥48次
"≥"0% | 0.9 | ≥90%
0"次/年" | 4 | 4次/年
0人 | 12 | 12人
#,##0.00"万元" | 1234.5 | 1,234.50万元
#,##0.00;[Red]-#,##0.00 | -5 | -5.00
#,##0.00_ ;[Red]\-#,##0.00\  | -1234 | -1,234.00
#,##0.00_);[红色]\(#,##0.00\) | -5 | (5.00)
0;-0;; | 0 |
0.00;-0.00;"无" | 0 | 无
_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_  | 3 | 3.00
_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_  | 0 | -
_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_  | -3 | -3.00
[$¥-804]#,##0.00 | 12 | ¥12.00
[$-804]0 | 12 | 12
0.00E+00 | 12345 | 1.23E+04
0.00E+00 | 0.00012 | 1.20E-04
0.0E+00 | 9.99 | 1.0E+01
##0.0E+0 | 12345 | 12.3E+3
[DBNum1]General | 123 | 一百二十三
[DBNum1][$-804]General | 10010 | 一万〇一十
[DBNum1]0 | 120 | 一二〇
[DBNum2]General"元" | 1234 | 壹仟贰佰叁拾肆元
@ | 12 | 12
# ?/? | 0.5 | 0.5
[>=100]0.0;0 | 120.25 | 120.25
yyyy-m-d | 45292 | 2024-1-1
yyyy/mm/dd | 45292 | 2024/01/01
yyyy"年"m"月"d"日" | 45657 | 2024年12月31日
yyyy"年"m"月"d"日";@ | 45657 | 2024年12月31日
[$-804]yyyy"年"m"月" | 45657 | 2024年12月
[DBNum1][$-804]yyyy"年"m"月"d"日" | 45657 | 二〇二四年十二月三十一日
e"年" | 45657 | 2024年
m"月"d"日" | 45657 | 12月31日
aaaa | 45657 | 星期二
yy-m-d h:mm | 45657.75 | 24-12-31 18:00
h:mm:ss AM/PM | 0.75 | 6:00:00 PM
上午/下午h"时"mm"分" | 0.25 | 上午6时00分
mm:ss.0 | 0.00001 | 00:00.9
[h]:mm | 1.5 | 36:00
d-mmm-yy | 45292 | 1-Jan-24
yyyy/m/d | 60 | 1900/2/29
yyyy/m/d | 59 | 1900/2/28
yyyy/m/d | 61 | 1900/3/1
yyyy/m/d | -1 | -1
yyyy/m/d | 1e9 | 1000000000
yyyy/m/d h:mm | 45657.9999999 | 2025/1/1 0:00
"""


def test_numbers_are_shown_as_their_formats_say() -> None:
    for line in SHOWN.strip().splitlines():
        code, value, shown = line.split(" | ") if line.count(" | ") == 2 else [*line.split(" | "), ""]
        assert NumberFormat(code).number(decimal(float(value.rstrip(" |")))) == shown.strip(), line


def test_texts() -> None:
    assert NumberFormat("0;-0;0;[Red]@_ ").text("达标") == "达标"
    assert NumberFormat('@"。"').text("达标") == "达标。"
    assert NumberFormat("0.00").text("达标") == "达标"
    assert NumberFormat(";;;").text("达标") == ""
    assert NumberFormat("0;-0;0;[Red]General").text("达标") == "达标"
    assert NumberFormat(";;;").number(Decimal(3)) == ""


def test_both_date_systems() -> None:
    assert NumberFormat("yyyy/m/d", since_1904=True).number(Decimal(0)) == "1904/1/1"
    assert NumberFormat("yyyy/m/d", since_1904=True).number(Decimal(43830)) == "2024/1/1"
    for day in ((1900, 1, 1), (1900, 2, 28), (1900, 3, 1), (2024, 2, 29)):
        shown = NumberFormat("yyyy/m/d h:mm:ss").number(serial(*day, (12, 30, 5)))
        assert shown == "{}/{}/{} 12:30:05".format(*day)


def test_what_is_beyond_is_said() -> None:
    beyond = ("# ?/?", "[>=100]0.0;0", "ggge", "bbbb", "0" * 256)
    assert [NumberFormat(code).is_known for code in beyond] == [False] * 5
    known = [code for code in BUILT_IN.values() if "?/" not in code]
    assert all(NumberFormat(code).is_known for code in known)
