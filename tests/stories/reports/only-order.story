# The only order that uses the product comes first
josue   used 2 buckets tahini TH0822
  says  Used 2 buckets of tahini TH0822: which work order is it for?
  asks  work_order: WO-4471
josue   yes
  says  A yes does not say which work order. Used 2 buckets of tahini TH0822: which work order is it for?
  asks  work_order: WO-4471
josue   4471
  says  Used 2 buckets of tahini TH0822 from dry store rack 2 on WO-4471.
  posts 34 consume TH0822 D2 -2 bucket TH0822 WO-4471 2 bucket
