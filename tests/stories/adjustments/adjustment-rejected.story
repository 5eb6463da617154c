# A rejected request posts nothing, and the reporter is told
linh    adjust onions ON1029, should be 6 bags, miscount
  says  An adjustment of ON1029 needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Linh Tran asks for approval 1: Adjusted onions ON1029 in dry store rack 3 by -2 bags (miscount). An adjustment of ON1029 needs another person's approval.
priya   deny 1 recount it first
  says  Request 1 is rejected. Nothing posted.
  tells person:linh: Request 1 was rejected by Priya Nair. recount it first
priya   approve 1
  says  Request 1 was rejected already, by Priya Nair.
stock   ON1029 D3 8 bag
