# What is still there and what was there before are no reports
maria   used 3 cs CB1120 on 4475, 9 cs still on the shelf
  says  Used 3 cases of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 34 consume CB1120 C1-02 -3 case CB1120 WO-4475 3 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
deshawn had 12 cs RM1107 in C1-01, moved 5 of them to line 2
  says  Moved 5 of romaine RM1107 from cooler 1 bay 1 to line 2: 5 what? Say the unit.
  asks  unit: case | lb | g | kg | oz
stock   RM1107 C1-01 14 case
