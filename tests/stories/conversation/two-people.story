# Two people and two channels do not cross
maria   used 1 case of chicken on 4475
  says  Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
josue   used 10 lb of romaine on 4474
  says  Used 10 lb of romaine on WO-4474: which lot? RM1107 expires first (November 28).
  asks  lot: RM1107 | RM1111
maria/voice used two cases of chicken on forty four seventy five
  says  Used 2 cases of chicken: which lot? C B 1 1 1 4 expires first.
  asks  lot: CB1114 | CB1120
maria   CB1120
  says  Used 1 case of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 34 consume CB1120 C1-02 -1 case CB1120 WO-4475 1 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
josue   RM1111
  says  Used 10 lb of romaine RM1111 from cooler 1 bay 2 on WO-4474. RM1107 expires earlier, on November 28, and is in cooler 1 bay 1 (14 cases).
  posts 35 consume RM1111 C1-02 -10 lb RM1111 WO-4474 10 lb
  tells supervisors: RM1107 expires earlier, on November 28, and is in cooler 1 bay 1 (14 cases). Use the earlier lot first. (warning 2)
maria/voice charlie bravo eleven twenty
  says  Used 2 cases of chicken C B 1 1 2 0 from cooler 1 bay 2 on W O 4 4 7 5. C B 1 1 1 4 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Right?
  asks  confirm
maria/voice yes
  says  Used 2 cases of chicken C B 1 1 2 0 from cooler 1 bay 2 on W O 4 4 7 5. C B 1 1 1 4 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 36 consume CB1120 C1-02 -2 case CB1120 WO-4475 2 case
stock   CB1120 C1-02 13 case
stock   RM1111 C1-02 710 lb
