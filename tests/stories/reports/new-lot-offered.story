# Production without a lot offers the day's next code
deshawn used 5 cs RM1107 on 4474
  says  Used 5 cases of romaine RM1107 from cooler 1 bay 1 on WO-4474.
  posts 34 consume RM1107 C1-01 -5 case RM1107 WO-4474 5 case
deshawn made 5 cs caesar kits on 4474 into cooler 2 bay 1
  says  Made 5 cases of caesar salad kit to cooler 2 bay 1 on WO-4474: the new lot would be K1122. Is that right, or which code is on it?
  asks  lot: K1122
deshawn yes
  says  Made 5 cases of caesar salad kit K1122 on WO-4474 into cooler 2 bay 1, expires December 1. Nothing of croutons, dressing and parmesan is recorded on WO-4474 yet.
  posts 35 produce K1122 WO-4474 -5 case K1122 C2-01 5 case
  tells supervisors: Nothing of croutons, dressing and parmesan is recorded on WO-4474 yet. Report what else went in. (warning 1)
deshawn made 4 cs caesar kits on 4474 into cooler 2 bay 1
  says  Made 4 cases of caesar salad kit to cooler 2 bay 1 on WO-4474: the new lot would be K1122B. Is that right, or which code is on it?
  asks  lot: K1122B
deshawn yes
  says  Made 4 cases of caesar salad kit K1122B on WO-4474 into cooler 2 bay 1, expires December 1. Nothing of croutons, dressing and parmesan is recorded on WO-4474 yet.
  posts 36 produce K1122B WO-4474 -4 case K1122B C2-01 4 case
stock   K1122B C2-01 4 case
