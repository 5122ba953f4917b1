"""Words people write for channels, systems, sentiments and the like, and the code each stands for.

Compared after NFKC, lower case and without spaces. A word that could mean two codes is left out: it is an error for
the user to settle, with the exceptions written beside them.
"""

# code -> (group, words)
CHANNELS: dict[str, tuple[str, str]] = {
    "phone": (
        "online",
        "电话 电话客服 热线 客服热线 服务热线 400电话 400热线 400 95热线 来电 呼入 电话呼入 呼叫中心 电话投诉 "
        "电话咨询 电话反馈 客服电话 "
        "座机 话务 phone call hotline callcenter telephone tel calls phonecall inboundcall",
    ),
    "online_chat": (
        "online",
        "在线客服 网页在线客服 网页客服 网页 在线咨询 在线聊天 聊天记录 在线 人工在线 网站客服 客服聊天 im 即时通讯 "
        "旺旺 千牛 咚咚 "
        "onlinechat chat livechat webchat online",
    ),
    "app": (
        "online",
        "app app内反馈 app反馈 应用内反馈 客户端反馈 客户端 手机app 移动端 小程序 小程序反馈 inapp appfeedback "
        "mobile miniprogram",
    ),
    "app_store": (
        "online",
        "应用商店 应用商店评论 应用市场 应用市场评论 appstore 苹果商店 华为应用市场 小米应用商店 应用宝 googleplay "
        "playstore "
        "appstorereview appreview 商店评论",
    ),
    "wechat": ("online", "微信 微信公众号 公众号 微信客服 服务号 微信服务号 视频号 wechat weixin wx 微信小程序"),
    "wecom": ("online", "企微 企业微信 企微客户经理 企微群 客户群 客户经理 wecom wework 企业微信群"),
    # 社交媒体 alone is filed under weibo, the largest; a house that means another says so in the plan's aliases.
    "weibo": ("online", "微博 新浪微博 weibo 社交媒体 微博私信 微博评论 social socialmedia"),
    "douyin": ("online", "抖音 抖音评论 抖音私信 douyin tiktok 短视频 快手"),
    "ecommerce_review": (
        "online",
        "电商评价 电商评论 商品评价 商品评论 店铺评价 订单评价 购物评价 淘宝评价 天猫评价 京东评价 淘宝 天猫 京东 "
        "拼多多 电商平台 电商 "
        "ecommercereview review productreview reviews ecommerce",
    ),
    "email": ("online", "邮件 电子邮件 邮箱 客服邮箱 来信邮件 email e-mail mail 投诉邮箱"),
    "web_form": (
        "online",
        "网页表单 在线表单 官网 网站 官网留言 网站留言 网站表单 官网表单 留言 网上留言 在线留言 问卷 问卷调查 webform "
        "form website web survey",
    ),
    "sms": ("online", "短信 短信回复 sms textmessage"),
    "ticket": ("online", "工单 工单系统 ticket ticketsystem 服务单 itsm api selfservice"),
    "store": (
        "offline",
        "门店 线下门店 门店服务 门店记录 门店服务记录 营业厅 专柜 柜台 网点 store shop 店铺 前台 现场",
    ),
    "visit": (
        "offline",
        "拜访 现场拜访 客户拜访 上门 上门拜访 上门服务 回访 走访 visit sitevisit onsite inperson walkin",
    ),
    "recording": ("offline", "录音 电话录音 通话录音 recording callrecording"),
    "meeting": ("offline", "座谈会 客户座谈会 座谈会纪要 会议 会议纪要 客户会议 meeting"),
    "paper": (
        "offline",
        "纸质 纸质表 纸质反馈表 纸质表单 意见簿 意见箱 来信 信函 书面 信件 传真 paper letter fax postalmail",
    ),
    "p12315": (
        "third_party",
        "12315 12315转办 12315平台 全国12315 12315投诉 市监局 市场监管局 市场监管 消协 消费者协会",
    ),
    "p12345": ("third_party", "12345 12345热线 12345转办 市民热线 政务热线 便民热线 政务服务热线 市长热线"),
    "complaint_platform": (
        "third_party",
        "投诉平台 黑猫 黑猫投诉 消费保 投诉网站 第三方平台 第三方投诉平台 聚投诉 complaintplatform complaintsite",
    ),
    "agency": ("third_party", "调研机构 第三方调研 调研公司 神秘顾客 第三方机构 agency researchagency research"),
    "other": ("other", "其他 其它 其他渠道 other others 未知 unknown"),
}

SYSTEMS: dict[str, str] = {
    "Android": "android 安卓 安卓系统 安卓手机 安卓端 androidos",
    "iOS": "ios 苹果 苹果系统 苹果手机 苹果端 iphone ipad ipados iphoneos",
    "HarmonyOS": "harmonyos 鸿蒙 鸿蒙系统 harmony harmonyosnext 鸿蒙next openharmony 纯血鸿蒙",
    "微信小程序": "微信小程序 小程序 微信 wechatminiprogram miniprogram 小程序端",
    "PC网页": (
        "pc网页 网页 pc web pc端 网页版 网页端 电脑 电脑端 电脑网页 浏览器 web端 pcweb browser desktopweb website 官网"
    ),
    "H5": "h5 手机网页 h5页面 移动网页 mobileweb 手机浏览器",
    "Windows": "windows win win7 win10 win11 windows客户端 pc客户端 电脑客户端 微软系统",
    "macOS": "macos mac osx macosx 苹果电脑 macbook",
    "Linux": "linux ubuntu 统信 统信uos uos 麒麟 银河麒麟 debian centos deepin",
}

CUSTOMER_TYPES: dict[str, str] = {
    "new": (
        "新 新客户 新客 新用户 新注册 新注册用户 新会员 首次购买 首单客户 首购 潜在客户 new newcustomer newuser "
        "firsttime"
    ),
    "old": (
        "老 老客户 老客 老用户 老会员 普通 普通会员 普通用户 普通客户 会员 银卡 银卡会员 金卡 金卡会员 白金 白金会员 "
        "白金卡 钻石 钻石会员 铂金 "
        "铂金会员 黑卡 黑金会员 vip vip客户 vip会员 vip用户 svip 超级会员 plus plus会员 铜牌 银牌 金牌 铜牌会员 "
        "银牌会员 金牌会员 "
        "铁牌用户 注册用户 注册会员 企业 企业客户 企业用户 b端 b端客户 大客户 重点客户 战略客户 集团客户 个人 "
        "个人客户 复购客户 回头客 "
        "old oldcustomer existing existingcustomer returning regular member enterprise corporate business b2b"
    ),
}

SENTIMENTS: dict[str, str] = {
    "satisfied": (
        "满意 非常满意 很满意 比较满意 较满意 基本满意 正面 正向 积极 好评 表扬 开心 satisfied verysatisfied "
        "positive pos happy good"
    ),
    "neutral": "一般 中性 中立 中评 平静 普通 无明显情绪 无 无情绪 neutral neu average ok mixed",
    "dissatisfied": (
        "不满 不满意 很不满意 非常不满意 非常不满 很不满 较不满意 负面 负向 消极 差评 愤怒 生气 气愤 激动 焦虑 失望 "
        "抱怨 投诉情绪 "
        "dissatisfied verydissatisfied unsatisfied negative neg angry unhappy bad"
    ),
}

NATURES: dict[str, str] = {
    "consult": "咨询 询问 查询 业务咨询 咨询类 求助 求决 consult inquiry enquiry question consultation",
    "complaint": "投诉 抱怨 投诉类 举报 投诉举报 申诉 不满 complaint grievance",
    "suggestion": "建议 意见 意见建议 建议类 改进建议 suggestion advice idea",
    "praise": "表扬 感谢 表扬类 好评 点赞 致谢 praise compliment thanks",
    "fault": "故障 报障 报修 故障报修 故障申报 bug 缺陷 异常 技术问题 维修 fault incident defect bugreport malfunction",
    "requirement": "需求 新需求 功能需求 需求类 诉求 requirement featurerequest request feature",
}

SCORES: dict[str, str] = {
    "5": "非常满意 很满意 十分满意 五星 五分 极好 verysatisfied excellent",
    "4": "满意 比较满意 较满意 四星 四分 satisfied good",
    "3": "一般 基本满意 中立 三星 三分 neutral average fair",
    "2": "不满意 较不满意 不太满意 二星 两星 二分 两分 dissatisfied poor",
    "1": "非常不满意 很不满意 十分不满意 一星 一分 极差 verydissatisfied terrible",
}

FREQUENCIES: dict[str, str] = {
    "occasional": (
        "偶现 偶发 偶尔 偶然 间歇 间歇性 时有时无 有时 不定时 一次 occasional intermittent sometimes rare once sporadic"
    ),
    "persistent": (
        "持续 持续存在 必现 一直 一直存在 每次 总是 频繁 经常 反复 反复出现 稳定复现 多次 persistent always constant "
        "everytime frequent often"
    ),
}

URGENCIES: dict[str, str] = {
    "P0": "p0 特急 特别紧急 重大 致命 灾难 blocker",
    "P1": "p1 紧急 高 急 严重 加急 urgent high critical 1-high",
    "P2": "p2 中 一般 普通 较急 medium normal moderate 2-medium",
    "P3": "p3 低 不急 轻微 不紧急 low minor 3-low",
}

SCOPES: dict[str, str] = {
    "one": "单个用户 个别用户 单用户 个人 一人 仅本人 个别 单人 oneuser single individual me",
    "some": "部分用户 多人 多个用户 少数用户 小组 some several multiple",
    "department": "整个部门 全部门 部门 部门级 wholedepartment department",
    "all": "全部用户 所有用户 全公司 全员 全部 全体 大面积 everyone all allusers company",
}
