# A counted product comes out whole
maria   used 0.3 cs of tortillas FT1112 on 4475
  says  Used 0.3 cases of tortillas FT1112 on WO-4475: that does not come out in whole pieces. How many is it?
  asks  quantity
maria   36 ea
  says  Used 36 ea of tortillas FT1112 from dry store rack 3 on WO-4475.
  posts 34 consume FT1112 D3 -36 ea FT1112 WO-4475 36 ea
