# The offer is the first to expire of those with enough
maria   used 10 cases of chicken on 4475
  says  Used 10 cases of chicken on WO-4475: which lot? CB1120 has enough, and of those expires first (December 11).
  asks  lot: CB1120 | CB1114
maria   CB1120
  says  Used 10 cases of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). WO-4475 has used 10 cases of chicken; expected for its whole plan: 4.5 cases.
  posts 34 consume CB1120 C1-02 -10 case CB1120 WO-4475 10 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
  tells supervisors: WO-4475 has used 10 cases of chicken; expected for its whole plan: 4.5 cases. Check the line, and whether a return was not reported. (warning 2)
stock   CB1120 C1-02 6 case
