# Nobody approves an adjustment of their own, and a worker approves none
walt    adjust TH0822 to 19 buckets, miscount
  says  An adjustment of TH0822 needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: Walt Hughes asks for approval 1: Adjusted tahini TH0822 in dry store rack 2 by -2 buckets (miscount). An adjustment of TH0822 needs another person's approval.
walt    approve 1 counted it myself
  says  You asked for request 1 yourself; another person has to decide.
deshawn approve 1 counted it myself
  says  Only a supervisor or QA can decide on a request.
stock   TH0822 D2 21 bucket
