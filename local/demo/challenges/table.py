"""The challenges of the demo: fictional problems of its firms, what counts as solved, and what becomes of them."""

from dataclasses import dataclass

MILLION = 1_000_000_00  # fen


@dataclass(frozen=True)
class Row:
    """One challenge. ``fate`` names how far it is told; indicators: name, comparison, target, unit, method, must."""

    season: str
    owner: str
    fate: str
    title_zh: str
    title_en: str
    problem_zh: str
    problem_en: str
    ipc: str
    bounty_fen: int
    indicators: tuple[tuple[str, str, str, str, str, bool], ...]
    payments: tuple[tuple[int, str, int], ...]  # months, deliverable, basis points
    teams: tuple[str, ...] = ()
    writing: tuple[str, ...] = ()  # teams with a draft


EARLIER, MIDDLE, PRESENT = "earlier", "middle", "present"
THREE = ((3, "小试样品与测试报告", 2000), (8, "中试样机与试运行记录", 4000), (12, "成套成果与终验报告", 4000))
TWO = ((4, "样机与测试报告", 5000), (9, "现场应用与终验报告", 5000))

ROWS = (
    Row(
        EARLIER, "lqcell", "completed", "零下三十摄氏度储能电芯快速充电技术",
        "Fast charging of storage cells at minus thirty",
        "北方储能电站冬季电芯析锂，充电功率被迫降到两成。需要在不改变电芯尺寸的前提下恢复冬季充电能力。",
        "In winter the cells of northern storage plants plate lithium, so charging falls to a fifth. Winter "
        "charging has "
        "to come back without changing the size of the cells.",
        "H01M 10/0525", 5 * MILLION,
        (("充至 80% 的时间", "≤", "45", "分钟", "恒温箱 -30 ℃，1C 电芯 20 只", True),
         ("循环寿命", "≥", "3000", "次", "25 ℃ 循环至 80% 容量", True),
         ("单只成本增加", "≤", "6", "%", "物料清单核算", False)),
        THREE, ("jhut", "yunpu"),
    ),
    Row(
        EARLIER, "xzqm", "in_work", "重载减速机齿面微点蚀在线监测", "Watching micropitting in heavy gearboxes",
        "重载减速机齿面早期微点蚀难以发现，停机检查每次损失两班产量。需要不停机识别早期损伤。",
        "Early micropitting in heavy gearboxes is hard to see, and each check costs two shifts. Early damage has to be "
        "found without stopping.",
        "G01M 13/02", 3 * MILLION,
        (("早期点蚀识别率", "≥", "90", "%", "台架 30 组盲测", True), ("误报率", "≤", "3", "%", "连续运行 60 天", True)),
        THREE, ("jhut", "qingyu"),
    ),
    Row(
        EARLIER, "sxfarm", "to_sign", "丘陵果园自走式采摘平台防倾覆控制", "Keeping picking platforms upright on slopes",
        "丘陵果园坡度变化大，采摘平台侧翻风险高。需要在二十度坡上稳定作业的低成本控制方案。",
        "On steep orchards picking platforms may tip over. A cheap control is needed that keeps them steady on "
        "slopes of "
        "twenty degrees.",
        "A01D 46/24", 2 * MILLION,
        (("作业坡度", "≥", "20", "度", "试验坡道 100 次", True), ("控制单元成本", "≤", "3000", "元", "物料清单核算",
        False)),
        TWO, ("yunpu", "jhut"),
    ),
    Row(
        MIDDLE, "hqfoam", "noticed", "低气味聚氨酯汽车座椅发泡", "Low-odor polyurethane foam for car seats",
        "座椅发泡的胺类催化剂残留使车内气味超标，现有低气味体系回弹不足，脱模时间长。",
        "Residues of amine catalysts make the air in cars smell, and today's low-odor systems spring back too little "
        "and stay in the mold too long.",
        "C08G 18/48", 2_500_000_00,
        (("气味等级", "≤", "3.0", "级", "80 ℃ 干法，5 人评定", True), ("回弹率", "≥", "62", "%", "落球法", True)),
        TWO, ("yunpu", "nanyuan"),
    ),
    Row(
        MIDDLE, "lqcell", "reviewed", "退役动力电池余能快速评估", "Rating what is left in retired traction batteries",
        "退役电池逐只充放电测容需八小时，分选成本高于残值。需要十五分钟内无损评估余能与安全状态。",
        "Measuring a retired battery by charging and discharging takes eight hours and costs more than it is worth. "
        "What is left, and whether it is safe, has to be known in fifteen minutes without harm.",
        "G01R 31/392", 3_500_000_00,
        (("单只评估时间", "≤", "15", "分钟", "100 只盲测", True), ("余能误差", "≤", "3", "%", "与满充放测容对比", True),
         ("安全隐患检出率", "≥", "95", "%", "预置缺陷样本 40 只", False)),
        THREE, ("jhut", "qingyu", "nanyuan"),
    ),
    Row(
        MIDDLE, "jqbio", "closed", "发酵尾气低温余热回收", "Recovering low-grade heat from fermentation off-gas",
        "发酵尾气六十度左右，含湿高、带菌，直接换热易结垢，余热全部排空。",
        "Off-gas leaves fermenters wet, at about sixty degrees; heat exchangers foul, and all its heat is lost.",
        "F28D 21/00", 1_800_000_00,
        (("余热回收率", "≥", "45", "%", "夏冬各连续 72 小时", True), ("清洗周期", "≥", "90", "天", "现场运行", True)),
        TWO, ("jhut", "yunpu", "qingyu"),
    ),
    Row(
        PRESENT, "zhumo", "open", "高盐废水膜浓缩抗污染涂层", "Antifouling coatings for membranes in brine",
        "膜浓缩高盐废水时两周即需化学清洗，膜寿命不到一年。需要延长清洗周期的涂层及其卷对卷工艺。",
        "Membranes that concentrate brine need chemical cleaning every two weeks and last less than a year. A coating "
        "and a roll-to-roll process are needed.",
        "B01D 67/00", 4 * MILLION,
        (("化学清洗周期", "≥", "60", "天", "中试线连续运行", True), ("水通量损失", "≤", "10", "%", "标准盐水测试",
        True)),
        THREE, writing=("jhut",),
    ),
    Row(
        PRESENT, "ldsens", "open", "微型光纤甲烷传感器低功耗解调", "Low-power readout for fibre methane sensors",
        "井下甲烷传感网节点靠电池供电，现有解调功耗使更换周期不到三个月。",
        "Methane sensors in mines run on batteries, and today's readout empties them within three months.",
        "G01N 21/3504", 1_500_000_00,
        (("平均功耗", "≤", "5", "毫瓦", "连续采样 30 天", True), ("检测下限", "≤", "50", "ppm", "标准气体标定", True)),
        TWO, ("jhut", "yunpu"),
    ),
    Row(
        PRESENT, "hxmed", "checked", "可降解吻合器钉材料强度保持", "Keeping degradable staples strong",
        "可降解吻合钉在体内两周后强度下降过快。", "Degradable staples lose their strength too fast after two weeks.",
        "A61B 17/068", 6 * MILLION,
        (("28 天强度保持率", "≥", "70", "%", "37 ℃ 缓冲液浸泡", True),),
        THREE,
    ),
)  # fmt: skip


def organizations() -> set[str]:
    """The keys of everybody the challenges name."""
    return {row.owner for row in ROWS} | {team for row in ROWS for team in (*row.teams, *row.writing)}
