# Help says what can be said, and about what is asked
maria   help
  says  You can say: “moved 5 cases of romaine”
maria   used 1 case of chicken on 4475
  says  Which lot of chicken? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
maria   help
  says  I am asking for the lot of: use: 1 case chicken WO-4475. Answer it, say "cancel" to drop it, or say the whole report anew. Back to what was open. Which lot of chicken? CB1114 expires first (November 24).
  asks  lot: CB1114 | CB1120
maria   cancel
  says  Dropped: use: 1 case chicken WO-4475. Nothing posted.
