# A lot on hold moves to the cage and nowhere else; QA frees it
given   anna: hold CB1120, temp log shows 46F
deshawn moved 2 cs CB1120 from C1-02 to line 3
  says  CB1120 is on hold. Nothing posted. You can still count it, move it to a hold place, or scrap it.
  tells quality: DeShawn Price tried: moved 2 cs CB1120 from C1-02 to line 3. CB1120 is on hold.
deshawn moved 2 cs CB1120 from C1-02 to the cage
  says  Moved 2 cases of chicken CB1120 from cooler 1 bay 2 to QA hold cage.
  posts 35 move CB1120 C1-02 -2 case CB1120 HOLD 2 case
maria   release CB1120
  says  Only QA can release CB1120. Nothing posted. Ask QA to release it.
anna    release CB1120
  says  Chicken CB1120 is released.
  posts 36 release
maria   used 1 case CB1120 on 4475 from C1-02
  says  Used 1 case of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 37 consume CB1120 C1-02 -1 case CB1120 WO-4475 1 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
stock   CB1120 C1-02 13 case, HOLD 2 case
