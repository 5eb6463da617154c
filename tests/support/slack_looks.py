"""The same report in every look that Slack's text can have."""

from collections.abc import Iterator
from random import Random

_SAID = {
    "used 2 bags of croutons CR0930 on 4474": "consume product=R-CRT lot=CR0930 quantity=2 unit=bag work_order=WO-4474",
    "moved 3 cases of romaine RM1107 from C1-01 to line 2": (
        "move product=R-ROM lot=RM1107 quantity=3 unit=case from=C1-01 to=L2"
    ),
    "scrapped 1 cs CU1119 in C1-02, spoiled": "scrap lot=CU1119 quantity=1 unit=case at=C1-02 reason=SPOILED",
    "shipped 3 cs H1119 to corner deli SO 4410": ("ship lot=H1119 quantity=3 unit=case customer=CDC reference=SO_4410"),
    "counted 12 cases RM1107 in C1-01": "count lot=RM1107 quantity=12 unit=case at=C1-01",
    "returned 1 bag CR0930 from 4474 to D3": "return lot=CR0930 quantity=1 unit=bag to=D3 work_order=WO-4474",
    "put RM1107 on hold": "hold lot=RM1107",
    "finished 4474": "finish work_order=WO-4474",
}


def _frame(told: str) -> tuple[str, dict[str, str]]:
    intent, *slots = told.split()
    return intent, {name: value.replace("_", " ") for name, value in (slot.split("=") for slot in slots)}


REPORTS = tuple((text, *_frame(told)) for text, told in _SAID.items())
"""What is said, and the one frame that it means."""

LOOKS = ("*{}*", "_{}_", "`{}`", "*_{}_*", "“{}”", "<https://plant.example/{}|{}>", "\u200b{}\ufeff")
BULLETS = ("• ", "1. ", "3) ", "- ", "◦ ", "    a. ", "* ", "– ")
EMOJI = (":bread:", ":+1::skin-tone-3:", "👍🏽", ":100:", ":two:", "2\ufe0f\u20e3", ":cr0930:", "✅", ":lot_rm1111:")
BESIDE = (
    "",
    "thanks!",
    "&gt; used 9 bags CR0930 on 4474",
    "~moved 9 cs RM1107 to line 2~",
    "morning all",
    "lunch at 12?",
)
WITH = ("", " with <@U03LINH>", " cc <@U04JOSUE>", " <@U07WALT>", ", thanks <@U03LINH>", " with <@U0NEW>")
UNSAID = (
    "~{}~",
    "*~{}~*",
    "&gt; {}",
    "&gt; *{}*\nis that right?",
    "<@U01MARIA> {}",
    "hey <@U03LINH>, {}",
    "<@U04JOSUE|josue> please: {}",
    "<!subteam^S1|@crew> {}",
    "☐ {}",
    "&gt;&gt;&gt; yesterday\n{}",
)


def dressed(seed: int, count: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Reports of known meaning in looks that leave it alone: the text, the intent, its slots."""
    random = Random(seed)
    for number in range(count):
        text, intent, slots = REPORTS[number % len(REPORTS)]
        words = text.split(" ")
        for _ in range(random.randint(0, 3)):
            at = random.randrange(len(words))
            if words[at].isalnum():
                words[at] = random.choice(LOOKS).replace("{}", words[at])
        for _ in range(random.randint(0, 2)):
            words.insert(random.choice((0, len(words))), random.choice(EMOJI))
        said = random.choice((" ", "\u00a0", "  ")).join(words) + random.choice(WITH)
        whole = random.random()
        if whole < 0.15:
            said = f"```\n{said}\n```"
        elif whole < 0.6:
            said = random.choice(BULLETS) + said
        beside = random.choice(BESIDE)
        lines = [said, beside] if beside and random.random() < 0.5 else [beside, said] if beside else [said]
        yield "\n".join(lines), intent, slots


def unsaid(seed: int, count: int) -> Iterator[str]:
    """The same reports quoted, struck through, or said to somebody else."""
    random = Random(seed)
    for number in range(count):
        yield UNSAID[number % len(UNSAID)].replace("{}", random.choice(REPORTS)[0])
