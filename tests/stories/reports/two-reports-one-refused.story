# What can post posts, what depends on what could not does not
deshawn moved 900 lb RM1107 from C1-01 to line 2 and used 1 cs RM1107 on 4474
  says  There are 336 lb (14 cases) of RM1107 in cooler 1 bay 1, less than 900 lb. Nothing posted. Say how much there was, or count it. Use: 1 case RM1107 WO-4474 was not posted: it depends on what could not be posted.
deshawn used 900 lb RM1107 on 4474 and 2 bags croutons CR0930 on 4474
  says  There are 336 lb (14 cases) of RM1107 in cooler 1 bay 1, less than 900 lb. Nothing posted. Say how much there was, or count it. Used 2 bags of croutons CR0930 from dry store rack 3 on WO-4474.
  posts 34 consume CR0930 D3 -2 bag CR0930 WO-4474 2 bag
stock   RM1107 C1-01 14 case
stock   CR0930 D3 24 bag
