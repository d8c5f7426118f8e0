"""Names of made-up payers."""


def word(n: int) -> str:
    """Three signs for a number."""
    signs = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"
    return signs[n % 30] + signs[n // 30 % 30] + signs[n // 900 % 30]


def latin(n: int) -> str:
    """Three letters for a number."""
    return "".join(chr(65 + n // 26**place % 26) for place in range(3))
