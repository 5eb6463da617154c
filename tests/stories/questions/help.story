# Help says what can be said, and about what is asked
maria   help
  says  You can say: “moved 2 cases of romaine RM1107 from cooler 1 bay 1 to line 2” · “used 1 case of romaine RM1107 on 4474” · “made 10 cases of caesar salad kit on 4474” · “received 10 cases of romaine lot A5501 from Green Valley Farms at dock 1” · “shipped 2 cases of garlic hummus G1118 to Corner Deli Co-op SO 2218” · “where is RM1107” · “what expires this week” · “undo”
maria   used 1 case of chicken on 4475
  says  Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
maria   help
  says  I am asking for the lot of: use: 1 case chicken WO-4475. Answer it, say "cancel" to drop it, or say the whole report anew. Back to what was open. Used 1 case of chicken on WO-4475: which lot? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
maria   cancel
  says  Dropped: use: 1 case chicken WO-4475. Nothing posted.
