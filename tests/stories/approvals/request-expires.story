# A request that nobody decides expires
linh    adjust ON1029 to 6 bags, miscount
  says  An adjustment of ON1029 needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Linh Tran asks for approval 1: Adjusted onions ON1029 in dry store rack 3 by -2 bags (miscount). An adjustment of ON1029 needs another person's approval.
later   25h
priya   approve 1 looked at it
  says  Request 1 has expired; please have it reported again.
stock   ON1029 D3 8 bag
