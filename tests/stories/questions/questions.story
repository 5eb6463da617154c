# Questions are answered in a line with the numbers that matter
priya   how much romaine do we have
  says  Romaine: 44 cases in all; 14 cases of RM1107 in cooler 1 bay 1 and 30 cases of RM1111 in cooler 1 bay 2.
priya   what is in cooler 2
  says  Cooler 2: 14 cases of dressing CD1101, 12 cases of cucumber CU1119, 62 cases of garlic hummus G1118, 140 cases of hummus H1119, 9 cases of jalapenos JP1116 and 2 more.
priya   whats expiring in the next 3 days
  says  3 lots expire within 3 days or have expired: CB1109 (chicken), expired on November 21, CB1114 (chicken) on November 24 and HB1121 (base) on November 24.
priya   any count variances on TH0822
  says  No count or adjustment changed tahini TH0822 in the last 30 days.
priya   how is 4474 doing
  says  WO-4474 (caesar salad kit) is open: made 0 cases of 150 cases. Nothing has gone into it yet.
priya   trace H1119
  says  Hummus H1119 made on WO-4466: from no other lot; into no other lot.
priya   recall CB1120
  says  Chicken CB1120 reached no other lot, and no customer. 640 lb still on hand, 100.0 % accounted for.
priya   what have I logged today
  says  You have reported nothing today.
