//! Made-up names with made-up codes whose check characters are right.

use counter_core::identifier::Uscc;

use super::Chance;

/// A subject that does not exist.
#[derive(Clone, Debug)]
pub(super) struct MadeUpSubject {
    pub name: String,
    pub former_name: Option<String>,
    pub uscc: String,
    pub individual: bool,
    pub representative: String,
}

const BRANDS: &[&str] = &[
    "恒行", "长悦", "乐川", "重禾", "朝云", "曾远", "广泽", "越山", "珠恒", "明照", "瑞禾", "启澄", "安澜", "锦溪", "文槐",
    "博屿", "云栈", "青禾", "南屏", "北岭", "东篱", "西樵谷", "晴川", "沐野", "知微", "拾光", "听雨", "半夏", "未央", "弘毅",
    "致远", "和颂", "嘉树", "凌波", "星野", "若谷", "景行", "思齐", "允执", "惟精", "鹿鸣", "采薇", "子衿", "木瓜巷", "伯兮",
    "淇奥", "考槃", "硕人", "葛覃", "卷耳",
];
const SECONDS: &[&str] = &["", "达", "盛", "和", "源", "宜", "信", "泰", "润", "盈", "新", "卓", "众", "汇", "立", "诚", "佳", "鸿", "亿", "优"];
const TRADES: &[&str] = &[
    "贸易", "商贸", "餐饮管理", "食品", "科技", "信息技术", "建筑工程", "装饰设计", "物业管理", "物流", "医疗器械", "医药",
    "化妆品", "服装", "文化传播", "广告", "教育咨询", "人力资源", "电子商务", "环保设备", "酒店管理", "旅行社", "会展服务",
    "机电设备", "茶业",
];
const FORMS: &[&str] = &["有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "合伙企业（普通合伙）"];
const PLACES: &[&str] = &["广州", "广州市", "广州越秀", "", "广州市越秀区", "广东"];
const SHOPS: &[&str] = &["小食店", "便利店", "餐厅", "美发店", "服装店", "文具店", "药店", "茶行", "水果店", "五金店"];
const SURNAMES: &[&str] = &["陈", "李", "黄", "张", "梁", "林", "何", "吴", "罗", "郑", "谢", "邓", "曾", "单", "区", "仇"];

/// So many different subjects.
pub(super) fn subjects(chance: &mut Chance, count: usize) -> Vec<MadeUpSubject> {
    (0..count).map(|at| subject(chance, at)).collect()
}

fn subject(chance: &mut Chance, at: usize) -> MadeUpSubject {
    let individual = chance.once_in(5);
    // The serial keeps names apart where the dice fall alike; people number their shops too.
    let serial = chinese_number(at);
    let brand = format!("{}{}{serial}", chance.one(BRANDS), chance.one(SECONDS));
    let (place, trade) = (*chance.one(PLACES), *chance.one(TRADES));
    let name = |trade: &str, form: &str| format!("{place}{brand}（演示）{trade}{form}");
    let full = if individual {
        format!("广州市越秀区{brand}（演示）{}", chance.one(SHOPS))
    } else {
        name(trade, chance.one::<&str>(FORMS))
    };
    let former_name = (!individual && chance.once_in(40)).then(|| format!("{place}{brand}旧称（演示）{trade}有限公司"));
    MadeUpSubject {
        name: full,
        former_name,
        uscc: credit_code(if individual { "92" } else { "91" }, at),
        individual,
        representative: format!("{}某", chance.one(SURNAMES)),
    }
}

/// A code whose organisation part begins with `DEM`: no office gives those out.
pub(super) fn credit_code(kind: &str, at: usize) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut serial = *b"DEM00000";
    let mut rest = at;
    for place in serial[3..].iter_mut().rev() {
        *place = ALPHABET[rest % 31];
        rest /= 31;
    }
    let serial = String::from_utf8_lossy(&serial);
    Uscc::compose(kind, "440104", &serial).map(|code| code.to_string()).unwrap_or_default()
}

fn chinese_number(at: usize) -> String {
    const DIGITS: [char; 10] = ['零', '甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬'];
    at.to_string().chars().filter_map(|digit| digit.to_digit(10)).map(|digit| DIGITS[digit as usize]).collect()
}
