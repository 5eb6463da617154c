# Whoever asked for an adjustment cannot take it back alone
deshawn adjust TH0822 to 20 buckets
  says  Adjusted tahini TH0822 to 20 buckets: why?
  asks  reason: miscount | wrong label | receiving error | QA sample
deshawn miscount
  says  An adjustment of TH0822 needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Adjusted tahini TH0822 in dry store rack 2 by -1 bucket (miscount). An adjustment of TH0822 needs another person's approval.
priya   approve 1 checked it myself
  says  Request 1 approved by Priya Nair. Adjusted tahini TH0822 in dry store rack 2 by -1 bucket (miscount).
  posts 34 adjust approved by priya TH0822 ADJUSTMENT 1 bucket TH0822 D2 -1 bucket
  tells person:deshawn: Request 1 was approved by Priya Nair. checked it myself
deshawn undo
  says  Adjusted tahini TH0822 in dry store rack 2 by -1 bucket (miscount). Why is it taken back?
  asks  note
deshawn found the bucket behind the rack
  says  Entry 34 was approved by another person; taking it back needs another person's approval, too. Request 2 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Request 2: DeShawn Price wants to take back: Adjusted tahini TH0822 in dry store rack 2 by -1 bucket (miscount). (found the bucket behind the rack)
deshawn approve 2
  says  Only a supervisor or QA can decide on a request.
walt    approve 2
  says  Request 2 approved by Walt Hughes. Taken back: Adjusted tahini TH0822 in dry store rack 2 by -1 bucket (miscount).
  posts 35 adjust takes back 34 approved by walt TH0822 ADJUSTMENT -1 bucket TH0822 D2 1 bucket
  tells person:deshawn: Request 2 was approved by Walt Hughes.
stock   TH0822 D2 21 bucket
