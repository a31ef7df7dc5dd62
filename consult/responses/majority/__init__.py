"""Where the law on grassroots democracy applies: how many people are for a clause and against it, and what is decided
(Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15, Điều 28 khoản 3 và khoản 4)."""
