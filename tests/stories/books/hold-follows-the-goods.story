# What was made of a held lot does not ship, and the hold says what it reached
maria   used 3 cs CB1120 on 4475
  says  Used 3 cases of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 34 consume CB1120 C1-02 -3 case CB1120 WO-4475 3 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
maria   made 30 cases of wraps W1125 on 4475 into c1-01 exp 11/27
  says  Made 30 cases of chicken caesar wrap W1125 on WO-4475 into cooler 1 bay 1, expires November 27. Nothing of cheddar, romaine and tortillas is recorded on WO-4475 yet.
  posts 35 produce W1125 WO-4475 -30 case W1125 C1-01 30 case
  tells supervisors: Nothing of cheddar, romaine and tortillas is recorded on WO-4475 yet. Report what else went in. (warning 2)
anna    hold CB1120 listeria
  says  Chicken CB1120 is on hold. It went into W1125, which cannot be used or shipped while CB1120 is on hold; “recall CB1120” holds all of it.
  posts 36 hold
maria   shipped 10 cases W1125 to fresh mart under BOL 99
  says  W1125 was made of CB1120, which is on hold. Nothing posted. You can still count it, move it, or scrap it; QA can release CB1120.
maria   scrapped 1 case W1125 damaged
  says  Scrapped 1 case of chicken caesar wrap W1125 from cooler 1 bay 1 (damaged).
  posts 37 scrap W1125 C1-01 -1 case W1125 SCRAP 1 case
anna    release CB1120
  says  Chicken CB1120 is released.
  posts 38 release
maria   shipped 10 cases W1125 to fresh mart under BOL 99
  says  Shipped 10 cases of chicken caesar wrap W1125 from cooler 1 bay 1 to Fresh Mart DC, BOL 99. W1121 expires earlier, on November 26, and is in cooler 1 bay 1 (33 cases).
  posts 39 ship W1125 C1-01 -10 case W1125 CUSTOMER:FMD 10 case
  tells supervisors: W1121 expires earlier, on November 26, and is in cooler 1 bay 1 (33 cases). Use the earlier lot first. (warning 3)
