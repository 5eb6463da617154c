# An adjustment typed as scrap, with a reason that is none for scrap, waits for approval
deshawn scrap 2 buckets tahini TH0822, counted wrong
  says  Miscount is a reason to adjust, not to scrap, so this needs another person's approval. Request 1 waits for a supervisor or QA. Nothing posted yet.
  tells supervisors: DeShawn Price asks for approval 1: Scrapped 2 buckets of tahini TH0822 from dry store rack 2 (miscount). Miscount is a reason to adjust, not to scrap, so this needs another person's approval.
deshawn approve 1
  says  Only a supervisor or QA can decide on a request.
stock   TH0822 D2 21 bucket
