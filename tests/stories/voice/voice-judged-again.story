# Yes is judged again against the stock of that moment
maria/voice moved two cases of chicken charlie bravo eleven fourteen from cooler one bay one to line three
  says  Moved 2 cases of chicken C B 1 1 1 4 from cooler 1 bay 1 to line 3. C B 1 1 1 4 expires in 2 days, on November 24. Right?
  asks  confirm
josue   moved 3 cs CB1114 from C1-01 to L3
  says  Moved 3 cases of chicken CB1114 from cooler 1 bay 1 to line 3. CB1114 expires in 2 days, on November 24.
  posts 34 move CB1114 C1-01 -3 case CB1114 L3 3 case
  tells supervisors: CB1114 expires in 2 days, on November 24. Use or ship it first. (warning 1)
maria/voice yes
  says  There is no C B 1 1 1 4 in cooler 1 bay 1; it is at line 3 (3 cases). Nothing posted.
stock   CB1114 L3 3 case
