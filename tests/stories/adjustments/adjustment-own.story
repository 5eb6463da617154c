# A supervisor's own adjustment needs somebody else
priya   adjust SC1115 to 10 cs, recount
  says  An adjustment of SC1115 needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Priya Nair asks for approval 1: Adjusted sour cream SC1115 in cooler 1 bay 3 by -1 case (miscount). An adjustment of SC1115 needs another person's approval.
priya   approve 1 I was there
  says  You asked for request 1 yourself; another person has to decide.
walt    approve 1 recounted with Priya
  says  Request 1 approved by Walt Hughes. Adjusted sour cream SC1115 in cooler 1 bay 3 by -1 case (miscount).
  posts 34 adjust approved by walt SC1115 ADJUSTMENT 1 case SC1115 C1-03 -1 case
  tells person:priya: Request 1 was approved by Walt Hughes. recounted with Priya
stock   SC1115 C1-03 10 case
