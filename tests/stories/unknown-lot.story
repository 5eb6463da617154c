# An unknown lot is named, and nothing posts
maria   used 2 cs RM9999 on 4474
  says  There is no lot RM9999 in this plant. Which lot is it?
  asks  lot
maria   RM1107
  says  I am not sure that I understood all of that. Used 2 cases of romaine RM1107 from cooler 1 bay 1 on WO-4474. Right?
  asks  confirm
stock   RM1107 C1-01 14 case
