# After three answers that say nothing the assistant gives up politely
maria   used 1 case of chicken on 4475
  says  Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
maria   whatever
  says  I did not understand “whatever”. Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
maria   the usual
  says  I did not understand “usual”. Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
maria   dunno
  says  I still do not understand, so I stop asking. You can type it in one sentence, choose an option, or say help. Dropped: use: 1 case chicken WO-4475. Nothing posted.
maria   used 1 case of chicken CB1120 on 4475
  says  Used 1 case of chicken CB1120 from cooler 1 bay 2 on WO-4475. CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases).
  posts 34 consume CB1120 C1-02 -1 case CB1120 WO-4475 1 case
  tells supervisors: CB1114 expires earlier, on November 24, and is in cooler 1 bay 1 (3 cases). Use the earlier lot first. (warning 1)
