//! Made-up names with made-up codes whose check characters are right.

use std::collections::HashSet;

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
    "恒行",
    "长悦",
    "乐川",
    "重禾",
    "朝云",
    "曾远",
    "广泽",
    "越山",
    "珠恒",
    "明照",
    "瑞禾",
    "启澄",
    "安澜",
    "锦溪",
    "文槐",
    "博屿",
    "云栈",
    "青禾",
    "南屏",
    "北岭",
    "东篱",
    "西樵谷",
    "晴川",
    "沐野",
    "知微",
    "拾光",
    "听雨",
    "半夏",
    "未央",
    "弘毅",
    "致远",
    "和颂",
    "嘉树",
    "凌波",
    "星野",
    "若谷",
    "景行",
    "思齐",
    "允执",
    "惟精",
    "鹿鸣",
    "采薇",
    "子衿",
    "木瓜巷",
    "伯兮",
    "淇奥",
    "考槃",
    "硕人",
    "葛覃",
    "卷耳",
];
const SECONDS: &[&str] = &[
    "", "达", "盛", "和", "源", "宜", "信", "泰", "润", "盈", "新", "卓", "众", "汇", "立", "诚", "佳", "鸿", "亿",
    "优", "晟", "迅", "捷", "联", "创", "聚", "融", "慧", "智", "云", "康", "健", "美", "雅", "尚", "品", "味", "香",
    "园", "轩", "阁", "斋", "坊", "居", "里", "舍", "庭", "苑", "台", "岸", "港", "渡", "桥", "塔", "城", "门", "街",
    "巷", "井", "泉",
];
const TRADES: &[&str] = &[
    "贸易",
    "商贸",
    "餐饮管理",
    "食品",
    "科技",
    "信息技术",
    "建筑工程",
    "装饰设计",
    "物业管理",
    "物流",
    "医疗器械",
    "医药",
    "化妆品",
    "服装",
    "文化传播",
    "广告",
    "教育咨询",
    "人力资源",
    "电子商务",
    "环保设备",
    "酒店管理",
    "旅行社",
    "会展服务",
    "机电设备",
    "茶业",
];
const FORMS: &[&str] = &[
    "有限公司",
    "有限公司",
    "有限公司",
    "有限责任公司",
    "股份有限公司",
    "合伙企业（普通合伙）",
];
const PLACES: &[&str] = &["广州", "广州市", "广州越秀", "", "广州市越秀区", "广东"];
const SHOPS: &[&str] = &[
    "小食店",
    "便利店",
    "餐厅",
    "美发店",
    "服装店",
    "文具店",
    "药店",
    "茶行",
    "水果店",
    "五金店",
    "粥粉店",
    "烘焙店",
    "花店",
    "书店",
    "鞋店",
    "眼镜店",
    "糖水店",
    "烧腊店",
    "洗衣店",
    "修理店",
];
const SURNAMES: &[&str] = &[
    "陈", "李", "黄", "张", "梁", "林", "何", "吴", "罗", "郑", "谢", "邓", "曾", "单", "区", "仇",
];

/// So many different subjects, no two of one name.
pub(super) fn subjects(chance: &mut Chance, count: usize) -> Vec<MadeUpSubject> {
    let mut taken = HashSet::with_capacity(count);
    (0..count)
        .map(|at| {
            loop {
                let subject = subject(chance, at);
                if taken.insert(subject.name.clone()) {
                    return subject;
                }
            }
        })
        .collect()
}

fn subject(chance: &mut Chance, at: usize) -> MadeUpSubject {
    let individual = chance.once_in(5);
    let brand = format!("{}{}", chance.one(BRANDS), chance.one(SECONDS));
    let (place, trade) = (*chance.one(PLACES), *chance.one(TRADES));
    let full = if individual {
        format!("广州市越秀区{brand}（演示）{}", chance.one(SHOPS))
    } else {
        format!("{place}{brand}（演示）{trade}{}", chance.one(FORMS))
    };
    let former_name = (!individual && chance.once_in(40))
        .then(|| {
            format!(
                "{place}{}{}（演示）{trade}有限公司",
                chance.one(BRANDS),
                chance.one(SECONDS)
            )
        })
        .filter(|former| *former != full);
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
    Uscc::compose(kind, "440104", &serial)
        .map(|code| code.to_string())
        .unwrap_or_default()
}
