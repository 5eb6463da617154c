# Where only one lot can be meant, the question and the read-back are one
maria/voice used two bags of croutons on four four seven four
  says  Used 2 bags of croutons C R 0 9 3 0 from dry store rack 3 on W O 4 4 7 4. Right?
  asks  confirm
maria/voice yes
  says  Used 2 bags of croutons C R 0 9 3 0 from dry store rack 3 on W O 4 4 7 4.
  posts 34 consume CR0930 D3 -2 bag CR0930 WO-4474 2 bag
stock   CR0930 D3 24 bag
# A typed report is asked with everything that was understood, and a yes posts it
maria   used 2 buckets of tahini on 4471
  says  Used 2 buckets of tahini on WO-4471: is it lot TH0822?
  asks  lot: TH0822
maria   yes
  says  Used 2 buckets of tahini TH0822 from dry store rack 2 on WO-4471.
  posts 35 consume TH0822 D2 -2 bucket TH0822 WO-4471 2 bucket
stock   TH0822 D2 19 bucket
