# Looks are seen through, emoji are no words, and what is quoted or struck through is not said
maria   used 2 bags of croutons `CR0930` on *4474*
  says  Used 2 bags of croutons CR0930 from dry store rack 3 on WO-4474.
  posts 34 consume CR0930 D3 -2 bag CR0930 WO-4474 2 bag
maria   :+1: thanks
  says  
maria   used :two: bags of “CR0930” on _4474_
  says  Used croutons CR0930 on WO-4474: what quantity?
  asks  quantity
maria   👍
  says  
maria   never mind
  says  Dropped: use: CR0930 WO-4474. Nothing posted.
maria   &gt; used 2 bags CR0930 on 4474\nis that right?
  says  What is quoted I take as not said, and nothing of it is posted. Write it without the quotation to report it, or ask what was posted: “mine”.
maria   ~used 2 bags CR0930 on 4474~
  says  
maria   1. used 1 bag CR0930 on 4474\n2. used 2 cs RM1107 on 4474
  says  Used 1 bag of croutons CR0930 from dry store rack 3 on WO-4474. Used 2 cases of romaine RM1107 from cooler 1 bay 1 on WO-4474.
  posts 35 consume CR0930 D3 -1 bag CR0930 WO-4474 1 bag
  posts 36 consume RM1107 C1-01 -2 case RM1107 WO-4474 2 case
stock   CR0930 D3 23 bag
stock   RM1107 C1-01 12 case
