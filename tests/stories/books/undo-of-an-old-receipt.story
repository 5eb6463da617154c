# A supervisor cannot take an old receipt back alone
walt    undo entry 1
  says  Received 14 cases of romaine RM1107 into cooler 1 bay 1 from Green Valley Farms, PO 8801, expires November 28. It happened on November 18. Why is it taken back?
  asks  note
walt    wrong lot on the paper
  says  Taking back entry 1 changes the stock as an adjustment does; it needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Request 1: Walt Hughes wants to take back: Received 14 cases of romaine RM1107 into cooler 1 bay 1 from Green Valley Farms, PO 8801, expires November 28. It happened on November 18. (wrong lot on the paper)
priya   reject 1 the paper is right
  says  Request 1 is rejected. Nothing posted.
  tells person:walt: Request 1 was rejected by Priya Nair. the paper is right
stock   RM1107 C1-01 14 case
