"""Our own small reference tables: Jiangsu's 13 cities, sections and manufacturing divisions.

Codes after GB/T 2260 (divisions) and GB/T 4754-2017 (industries); names in our own words.
`manage.py load_reference` loads the full official tables from a file.
"""

# code, Chinese, English, pinyin
CITIES = [
    ("320100", "南京市", "Nanjing", "nan jing shi"),
    ("320200", "无锡市", "Wuxi", "wu xi shi"),
    ("320300", "徐州市", "Xuzhou", "xu zhou shi"),
    ("320400", "常州市", "Changzhou", "chang zhou shi"),
    ("320500", "苏州市", "Suzhou", "su zhou shi"),
    ("320600", "南通市", "Nantong", "nan tong shi"),
    ("320700", "连云港市", "Lianyungang", "lian yun gang shi"),
    ("320800", "淮安市", "Huai'an", "huai an shi"),
    ("320900", "盐城市", "Yancheng", "yan cheng shi"),
    ("321000", "扬州市", "Yangzhou", "yang zhou shi"),
    ("321100", "镇江市", "Zhenjiang", "zhen jiang shi"),
    ("321200", "泰州市", "Taizhou", "tai zhou shi"),
    ("321300", "宿迁市", "Suqian", "su qian shi"),
]

# section, Chinese, English
SECTIONS = [
    ("A", "农、林、牧、渔业", "Agriculture, forestry, animal husbandry and fishery"),
    ("B", "采矿业", "Mining"),
    ("C", "制造业", "Manufacturing"),
    ("D", "电力、热力、燃气及水生产和供应业", "Electricity, heat, gas and water supply"),
    ("E", "建筑业", "Construction"),
    ("F", "批发和零售业", "Wholesale and retail trade"),
    ("G", "交通运输、仓储和邮政业", "Transport, storage and post"),
    ("H", "住宿和餐饮业", "Hotels and catering"),
    ("I", "信息传输、软件和信息技术服务业", "Information transmission, software and IT services"),
    ("J", "金融业", "Finance"),
    ("K", "房地产业", "Real estate"),
    ("L", "租赁和商务服务业", "Leasing and business services"),
    ("M", "科学研究和技术服务业", "Research and technical services"),
    ("N", "水利、环境和公共设施管理业", "Water, environment and public facilities"),
    ("O", "居民服务、修理和其他服务业", "Residents' services, repair and other services"),
    ("P", "教育", "Education"),
    ("Q", "卫生和社会工作", "Health and social work"),
    ("R", "文化、体育和娱乐业", "Culture, sports and entertainment"),
    ("S", "公共管理、社会保障和社会组织", "Public administration, social security and organizations"),
    ("T", "国际组织", "International organizations"),
]

# division of section C, Chinese, English
MANUFACTURING = [
    ("13", "农副食品加工业", "Processing of farm and sideline food"),
    ("14", "食品制造业", "Food"),
    ("15", "酒、饮料和精制茶制造业", "Liquor, drinks and refined tea"),
    ("16", "烟草制品业", "Tobacco"),
    ("17", "纺织业", "Textiles"),
    ("18", "纺织服装、服饰业", "Clothing and accessories"),
    ("19", "皮革、毛皮、羽毛及其制品和制鞋业", "Leather, fur, feather products and footwear"),
    ("20", "木材加工和木、竹、藤、棕、草制品业", "Wood, bamboo, rattan, palm and straw products"),
    ("21", "家具制造业", "Furniture"),
    ("22", "造纸和纸制品业", "Paper and paper products"),
    ("23", "印刷和记录媒介复制业", "Printing and copying of recorded media"),
    ("24", "文教、工美、体育和娱乐用品制造业", "Cultural, art, sports and entertainment goods"),
    ("25", "石油、煤炭及其他燃料加工业", "Petroleum, coal and other fuel processing"),
    ("26", "化学原料和化学制品制造业", "Chemical materials and products"),
    ("27", "医药制造业", "Pharmaceuticals"),
    ("28", "化学纤维制造业", "Chemical fibers"),
    ("29", "橡胶和塑料制品业", "Rubber and plastic products"),
    ("30", "非金属矿物制品业", "Non-metallic mineral products"),
    ("31", "黑色金属冶炼和压延加工业", "Smelting and rolling of ferrous metals"),
    ("32", "有色金属冶炼和压延加工业", "Smelting and rolling of non-ferrous metals"),
    ("33", "金属制品业", "Metal products"),
    ("34", "通用设备制造业", "General equipment"),
    ("35", "专用设备制造业", "Special equipment"),
    ("36", "汽车制造业", "Motor vehicles"),
    ("37", "铁路、船舶、航空航天和其他运输设备制造业", "Rail, ship, aerospace and other transport equipment"),
    ("38", "电气机械和器材制造业", "Electrical machinery and apparatus"),
    ("39", "计算机、通信和其他电子设备制造业", "Computers, communication and other electronics"),
    ("40", "仪器仪表制造业", "Instruments and meters"),
    ("41", "其他制造业", "Other manufacturing"),
    ("42", "废弃资源综合利用业", "Recycling of waste resources"),
    ("43", "金属制品、机械和设备修理业", "Repair of metal products, machinery and equipment"),
]


def load_small_tables(city_model, industry_model):
    """Store what is missing; rows that are there keep their names. For the data migration."""
    for code, zh, en, pinyin in CITIES:
        city_model.objects.get_or_create(code=code, defaults={"name_zh": zh, "name_en": en, "pinyin": pinyin})
    for code, zh, en in SECTIONS:
        industry_model.objects.get_or_create(code=code, defaults={"name_zh": zh, "name_en": en})
    manufacturing = industry_model.objects.get(code="C")
    for code, zh, en in MANUFACTURING:
        industry_model.objects.get_or_create(
            code=code, defaults={"name_zh": zh, "name_en": en, "parent": manufacturing}
        )
