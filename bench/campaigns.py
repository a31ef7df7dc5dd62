"""Submissions as large campaigns send them, with known truth: which of them are one text, and what each is to it.

Four campaigns of copies: signed, greeted, typed otherwise, with sentences of their own, about other clauses; people who
refuse in the same words; and between them opinions that are nobody's copies, made of the same phrases.
"""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from consult.text import in_ascii

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Nông", "Triệu", "Lò", "Vàng", "Giàng", "Ma", "Đặng", "Bùi", "Hà")
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thu", "Ngọc")
GIVEN = ("An", "Bình", "Cường", "Dung", "Hạnh", "Páo", "Sùng", "Mai", "Thắng", "Yến", "Khánh", "Lợi")
COMMUNES = ("xã Côn Minh", "xã Na Rì", "xã Quân Chu", "phường Bắc Kạn", "xã Chợ Rã", "xã Ba Bể", "xã Đồng Phúc")
CAMPAIGNS = (
    "Tôi đồng ý với quy định tại khoản 3 Điều 12 của dự thảo về việc hộ gia đình phải phân loại chất thải rắn sinh "
    "hoạt "
    "tại nguồn trước khi chuyển giao cho đơn vị thu gom. Tuy nhiên, đề nghị Ủy ban nhân dân tỉnh hỗ trợ thùng đựng rác "
    "cho các hộ nghèo và lùi thời điểm áp dụng đến ngày 01/01/2028 để người dân có thời gian chuẩn bị.",
    "Đề nghị cơ quan soạn thảo xem xét lại mức giá dịch vụ thu gom rác nêu tại Phụ lục VII. Mức 45.000 đồng mỗi người "
    "mỗi tháng là quá cao so với thu nhập của bà con vùng cao, nhiều nhà chỉ sống nhờ nương rẫy. Chúng tôi chấp "
    "nhận mức "
    "15.000 đồng và mong được miễn cho người già neo đơn, trẻ em dưới sáu tuổi và người khuyết tật nặng.",
    "Chúng tôi ủng hộ việc xây dựng bãi chôn lấp hợp vệ sinh tại thôn Nà Ngần nhưng đề nghị báo cáo đánh giá tác "
    "động môi "
    "trường làm rõ khoảng cách đến giếng nước sinh hoạt theo điểm a khoản 2 Điều 18, biện pháp chống thấm đáy bãi, "
    "và cam "
    "kết quan trắc nước ngầm ba tháng một lần, công khai kết quả tại nhà văn hóa thôn.",
    "Tôi nhất trí thu hồi đất để mở rộng đường liên xã theo Chương IV, song đề nghị bồi thường bằng đất có cùng "
    "mục đích "
    "sử dụng như Điều 25a đã nêu, không trả bằng tiền. Gia đình tôi có tám nhân khẩu, cả nhà trông vào thửa ruộng này. "
    "Nếu không còn đất sản xuất thì nhà nước cần đào tạo nghề và bố trí việc làm cho con em chúng tôi.",
)
OTHERS = (
    ("khoản 3 Điều 12", ("khoản 4 Điều 12", "khoản 3 Điều 12a", "khoản 3 Điều 13")),
    ("Phụ lục VII", ("Phụ lục VIII", "Phụ lục VI")),
    ("điểm a khoản 2 Điều 18", ("điểm b khoản 2 Điều 18", "điểm đ khoản 2 Điều 18")),
    ("Điều 25a", ("Điều 25", "Điều 25b")),
)
REFUSED = (
    ("Tôi đồng ý với", "Tôi không đồng ý với"),
    ("Chúng tôi chấp nhận mức", "Chúng tôi từ chối mức"),
    ("Chúng tôi ủng hộ việc", "Chúng tôi phản đối việc"),
    ("Tôi nhất trí thu hồi", "Tôi không nhất trí thu hồi"),
)
SWAPS = (
    ("người dân", "nhân dân"),
    ("đề nghị", "kiến nghị"),
    ("bà con", "người dân"),
    ("làm rõ", "nêu rõ"),
    ("mong", "rất mong"),
    ("quá cao", "cao quá"),
    ("nhà nước", "Nhà nước ta"),
    ("tuy nhiên", "nhưng"),
    ("xem xét lại", "xem lại"),
)
SHORT_FORMS = ((" không ", " ko "), (" được ", " dc "), (" với ", " vs "), (" người ", " ng "))
OWN = (
    "Nhà tôi ở cuối thôn, xe rác chưa bao giờ vào tới nơi.",
    "Con trai tôi bị hen từ ngày có bãi rác cũ năm 2019.",
    "Mấy năm nay suối đầu bản cạn dần, bà con phải đi gánh nước xa hơn 2 km.",
    "Đường vào thôn mùa mưa rất lầy lội.",
    "Trưởng thôn đã họp dân ba lần mà vẫn chưa ai trả lời cho rõ.",
    "Trường mầm non cách đó chưa đầy 300 m.",
    "Tôi là giáo viên đã nghỉ hưu nên rất quan tâm đến việc này.",
    "Xóm tôi có 27 hộ thì 9 hộ là hộ nghèo.",
)
GREETINGS = (
    "Kính gửi Sở Nông nghiệp và Môi trường,\n",
    "Kính thưa quý cơ quan!\n",
    "Kính gửi: Ủy ban nhân dân tỉnh.\n",
)
CLOSINGS = (
    "\nXin trân trọng cảm ơn!\n{who}, {where}",
    "\nTrân trọng./.\n{who}",
    "\nNgười góp ý: {who}\nĐịa chỉ: {where}",
    "\n{who}",
    " Xin chân thành cảm ơn.",
    "\nThái Nguyên, ngày 3 tháng 5 năm 2027\n{who}",
)
THINGS = (
    "thời hạn cấp phép",
    "mức xử phạt",
    "trách nhiệm của Ủy ban nhân dân xã",
    "kinh phí đối ứng",
    "quy hoạch nghĩa trang",
    "hành lang an toàn lưới điện",
    "chỉ giới đường đỏ",
    "định mức giáo viên",
    "phí tham quan",
    "vùng nuôi trâu bò",
    "giá nước sạch",
    "điểm dừng xe buýt",
    "rừng sản xuất",
    "nước thải chăn nuôi",
    "đất ở nông thôn",
    "chợ phiên",
    "bến thuyền",
    "đèn đường",
)
DEMANDS = (
    "Đề nghị làm rõ {thing} tại {clause} vì {why}.",
    "Quy định về {thing} ở {clause} chưa hợp lý do {why}, cần sửa lại.",
    "Cần bổ sung {thing} vào {clause}; lý do là {why}.",
    "Tôi không đồng ý với {thing} như {clause} đã nêu bởi {why}.",
    "Tôi đồng ý với {clause} nhưng {thing} phải được tính lại, {why}.",
)
REASONS = (
    "ngân sách xã không đáp ứng được",
    "bà con đi làm nương cả ngày",
    "khó kiểm tra trên thực tế",
    "trùng với luật hiện hành",
    "mùa lũ nước ngập đến ba tháng",
    "trẻ em phải đi học xa",
    "chưa có hướng dẫn của bộ",
    "hộ nghèo không có khả năng chi trả",
    "người cao tuổi không dùng điện thoại",
    "máy móc không vào được",
    "dân số đang tăng nhanh",
    "địa bàn chia cắt",
)


@dataclass(frozen=True)
class Sent:
    """One submission: its text, the text it belongs to, and how it came about."""

    text: str
    truth: str
    how: str


def submissions(many: int = 3_000, seed: int = 13) -> list[Sent]:
    """So many submissions, half of them of campaigns; always the same for one seed."""
    chance = random.Random(seed)
    shares = (0.244, 0.13, 0.08, 0.046)
    made = [one for campaign, share in enumerate(shares) for one in _campaign(campaign, round(many * share), chance)]
    alone = {one.text: one for one in _alone(many * 2, chance)}
    made += list(alone.values())[: many - len(made)]
    chance.shuffle(made)
    return made


def _campaign(number: int, many: int, chance: random.Random) -> Iterator[Sent]:
    base, (clause, others), (agrees, refuses) = CAMPAIGNS[number], OTHERS[number], REFUSED[number]
    for _one in range(many):
        what = chance.random()
        if what < 0.6:
            yield Sent(_dressed(_retyped(base, chance), chance), f"{number}", "identical")
        elif what < 0.78:
            yield Sent(_dressed(_nearly(base, chance), chance), f"{number}", "near")
        elif what < 0.9:
            yield Sent(_dressed(_longer(base, chance), chance), f"{number}", "added")
        elif what < 0.95:
            other = chance.choice(others)
            yield Sent(_dressed(base.replace(clause, other), chance), f"{number}/{other}", "other_place")
        else:
            yield Sent(_dressed(base.replace(agrees, refuses), chance), f"{number}/refused", "refused")


def _retyped(text: str, chance: random.Random) -> str:
    ways = (
        str,
        str,
        str.upper,
        lambda said: unicodedata.normalize("NFD", said),
        lambda said: said.replace(". ", ".\n\n"),
        lambda said: said.replace(",", "").rstrip("."),
        lambda said: said.replace(" ", "  ", 7),
    )
    return str(chance.choice(ways)(text))


def _nearly(text: str, chance: random.Random) -> str:
    way = chance.random()
    if way < 0.2:
        return in_ascii(text)
    if way < 0.35:
        for written, short in SHORT_FORMS:
            text = text.replace(written, short)
        return text
    for written, other in chance.sample(SWAPS, 4):
        text = text.replace(written, other)
    words = text.split()
    at = chance.randrange(5, len(words) - 5)
    if words[at].isalpha() and len(words[at]) > 3:
        words[at] = words[at][:-1]
    return " ".join(words)


def _longer(text: str, chance: random.Random) -> str:
    own = " ".join(chance.sample(OWN, chance.randint(1, 2)))
    return f"{text} {own}" if chance.random() < 0.7 else f"{own} {text}"


def _dressed(text: str, chance: random.Random) -> str:
    who = f"{chance.choice(SURNAMES)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
    head = chance.choice(GREETINGS) if chance.random() < 0.3 else ""
    foot = chance.choice(CLOSINGS).format(who=who, where=chance.choice(COMMUNES)) if chance.random() < 0.5 else ""
    return head + text + foot


def _alone(many: int, chance: random.Random) -> Iterator[Sent]:
    for number in range(many):
        said = []
        for demand in chance.sample(DEMANDS, chance.randint(1, 3)):
            clause = f"khoản {chance.randint(1, 6)} Điều {chance.randint(1, 60)}"
            said.append(demand.format(thing=chance.choice(THINGS), clause=clause, why=chance.choice(REASONS)))
        yield Sent(_dressed(" ".join(said), chance), f"alone {number}", "alone")
