# An adjustment typed as scrap, with a reason that is none for scrap, waits for approval
deshawn scrap 2 buckets tahini TH0822, counted wrong
  says  Why is tahini TH0822 scrapped?
  asks  reason: contamination | damaged | past date | spill | spoiled | temperature abuse
deshawn damaged
  says  Scrapped 2 buckets of tahini TH0822 from dry store rack 2 (damaged).
  posts 34 scrap TH0822 D2 -2 bucket TH0822 SCRAP 2 bucket
stock   TH0822 D2 19 bucket
