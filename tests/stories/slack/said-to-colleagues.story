# What is said to a colleague is nothing that the speaker did
deshawn <@U01MARIA> can you move 3 cases of romaine RM1107 from C1-01 to line 2
  says  
deshawn hey <@U01MARIA>, 3 cases RM1107 to line 2\nand 2 bags CR0930 on 4474
  says  
maria   used 1 bag CR0930 on 4474 with <@U03LINH>
  says  Used 1 bag of croutons CR0930 from dry store rack 3 on WO-4474.
  posts 34 consume CR0930 D3 -1 bag CR0930 WO-4474 1 bag
maria   used 1 bag CR0930 on 4474, <@U03LINH> can you move 3 cs RM1107 to line 2
  says  Used 1 bag of croutons CR0930 from dry store rack 3 on WO-4474.
  posts 35 consume CR0930 D3 -1 bag CR0930 WO-4474 1 bag
maria   no <@U03LINH>, it was 3
  says  
stock   CR0930 D3 24 bag
stock   RM1107 C1-01 14 case
