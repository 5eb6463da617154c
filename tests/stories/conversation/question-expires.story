# A question that nobody answers expires
maria   used 1 case of chicken on 4475
  says  Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
later   2h
maria   CB1120
  says  The question from before has expired, and this was not posted: use: 1 case chicken WO-4475.
