# Romaine becomes salad kits that can be traced
deshawn moved 12 cs romaine RM1107 from C1-01 to line 2
  says  Moved 12 cases of romaine RM1107 from cooler 1 bay 1 to line 2.
  posts 34 move RM1107 C1-01 -12 case RM1107 L2 12 case
deshawn used 5 cs RM1107 and 2 bags of croutons CR0930 on 4474
  says  Used 5 cases of romaine RM1107 from line 2 on WO-4474. Used 2 bags of croutons CR0930 from dry store rack 3 on WO-4474.
  posts 35 consume RM1107 L2 -5 case RM1107 WO-4474 5 case
  posts 36 consume CR0930 D3 -2 bag CR0930 WO-4474 2 bag
deshawn made 30 cs caesar kits K1122 on 4474 into cooler 2 bay 1
  says  Made 30 cases of caesar salad kit K1122 on WO-4474 into cooler 2 bay 1, expires December 1. Nothing of dressing and parmesan is recorded on WO-4474 yet.
  posts 37 produce K1122 WO-4474 -30 case K1122 C2-01 30 case
  tells supervisors: Nothing of dressing and parmesan is recorded on WO-4474 yet. Report what else went in. (warning 1)
deshawn count C1-02 romaine RM1111 30 cs
  says  Counted 30 cases of romaine RM1111 in cooler 1 bay 2. It matches the books.
  posts 38 count
deshawn shipped 10 cs K1122 to fresh mart SO 2218
  says  Shipped 10 cases of caesar salad kit K1122 from cooler 2 bay 1 to Fresh Mart DC, SO 2218. K1120 expires earlier, on November 29, and is in cooler 1 bay 2 (75 cases).
  posts 39 ship K1122 C2-01 -10 case K1122 CUSTOMER:FMD 10 case
  tells supervisors: K1120 expires earlier, on November 29, and is in cooler 1 bay 2 (75 cases). Use the earlier lot first. (warning 2)
deshawn where is RM1107
  says  Romaine RM1107: 2 cases in cooler 1 bay 1 and 7 cases at line 2.
deshawn trace K1122
  says  Caesar salad kit K1122 made on WO-4474: from CR0930, RM1107, Levant Foods and Green Valley Farms; into no other lot. Shipped to Fresh Mart DC.
stock   RM1107 C1-01 2 case, L2 7 case
stock   K1122 C2-01 20 case
