# An unknown lot is named, and nothing posts
maria   used 2 cs RM9999 on 4474
  says  Used 2 cases of RM9999 on WO-4474: there is no lot RM9999 in this plant. Which lot is it?
  asks  lot
maria   RM1107
  says  Used 2 cases of romaine RM1107 from cooler 1 bay 1 on WO-4474.
  posts 34 consume RM1107 C1-01 -2 case RM1107 WO-4474 2 case
stock   RM1107 C1-01 12 case
