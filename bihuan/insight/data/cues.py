"""Words that speak for a label. A line reads "code[.second] weight: words"; all chosen by hand."""

PROBLEM_TYPE = """
defect.function 3: 闪退 打不开 无法打开 崩溃 死机 蓝屏 黑屏 白屏 花屏 报错 出错 系统错误 程序错误 bug 页面错误 加载失败 加载不出来 加载不出 一直转圈 转圈 点不了 点不动 没反应 无响应 用不了 不能用 无法使用 没法用 失灵 失效 功能异常 显示异常 数据不对 数据错误 计算错误 乱码 无法提交 提交不了 提交失败 无法保存 保存不了 无法导出 导不出 导出失败 导入失败 上传失败 无法上传 同步失败 不同步 无法同步 闪屏 丢数据 数据丢失 不显示 显示不出来 显示不出 宕机 服务器错误 系统故障 故障 接口报错 异常
defect.login 3: 登录不了 登不上 登不进 无法登录 登录失败 登陆不了 登陆失败 收不到验证码 验证码收不到 验证码错误 密码错误 无法注册 注册不了 账号异常 被封号 封号 绑定不了 无法绑定 人脸识别失败 识别失败 认证失败 认证不了 无法认证
defect.payment 3: 支付失败 付款失败 付不了款 无法支付 支付不了 无法付款 付不了 重复扣款 多扣 扣了两次 扣两次 扣款失败 没到账 未到账 不到账 到账失败 充值没到 充值失败 提现失败 无法提现 提不了现 退款没到账 余额不对 扣了钱 扣款 扣钱 转账失败 还款失败
defect.performance 2.5: 卡顿 很卡 太卡 卡死 卡住 卡得 卡的要死 慢得要命 运行慢 反应慢 打开慢 加载慢 延迟高 掉线 断线 断连 连不上 连接失败 网络异常 信号差 发热 发烫 耗电 掉电快 电池不耐用 续航差 反应迟钝 卡机 不流畅 超时报错 响应超时
defect.compatibility 2.5: 不兼容 兼容性 不支持 系统版本 浏览器打不开 适配 驱动 装不上 安装不了 无法安装 安装失败 升级失败 更新后 升级后 升级之后 更新之后 新版本
defect.quality 2.5: 质量差 质量问题 质量不好 质量太差 质量很差 做工差 做工粗糙 坏了 坏的 用坏 破损 裂开 裂了 断了 掉漆 掉色 褪色 起球 开线 脱线 变形 划痕 瑕疵 次品 残次 假货 不是正品 仿冒 翻新 漏液 漏水 漏光 坏点 异味 变质 发霉 烂的 烂了 烂果 不新鲜 有虫 头发丝 吃坏 不好用 不耐用 色差 缩水 掉毛 毛病 缺陷 尺寸不对 尺码不对 与描述不符 货不对板 味道不好 难吃 不好吃 没味道 味道差 口感差 太咸 太油 太淡 太硬 效果不好 没效果 没有效果 头屑 不去屑 霉味 烟味 噪音 杂音 噪声 蟑螂
service.speed 3: 没人回复 没人理 无人回复 无人接听 没人接 打不通 一直占线 占线 排队等 等了半天 等很久 等太久 半天没人 回复慢 回复太慢 响应慢 迟迟不回 不回复 不回消息 已读不回 一直不回 没有回复 没回复 未回复 上菜慢 上菜太慢 办理慢 等客服 人工客服 转人工 找不到人工 机器人回复
service.attitude 3: 态度差 态度恶劣 态度不好 态度极差 态度很差 骂人 不耐烦 爱理不理 爱答不理 敷衍 推诿 推脱 踢皮球 推卸责任 不负责 没礼貌 冷漠 傲慢 挂电话 挂断 顶撞 威胁 辱骂 服务差 服务太差 服务很差 服务不好 没素质 说法不一 答非所问 不解决
logistics.late 3: 没发货 不发货 未发货 还没发 没收到货 未收到货 还没收到 没送到 还没到 没到货 迟到 超时送达 送得慢 送餐慢 配送慢 物流慢 物流太慢 快递慢 发货慢 发货太慢 送货慢 催派 派送慢 延误 晚到 迟迟不发 一直不发货 物流不更新 物流没更新 一直没更新 才送到 才送来 小时才到 小时才送 天才到 什么时候发货 什么时候到货 几天能到
logistics.lost 3: 丢件 丢失 丢了 寄丢 少件 少发 漏发 错发 发错 发错货 送错 漏送 少送 没给我 签收 虚假签收 被签收 冒领 空包裹
logistics.damage 3: 包装破 包装破损 包装坏 包装差 包装太差 压坏 压扁 摔坏 运输损坏 运输途中 磕坏 撒了 洒了 漏出来 挤烂 碎了
logistics 1.5: 快递 物流 配送 送货 送餐 外卖员 骑手 快递员 包裹 派件 派送 发货 收货 运单 单号查不到 揽收 仓库 自提 送货上门 配送费 运费 邮费 包装
aftersales.refund 3: 退款 退钱 退回 不给退 不退 拒绝退款 退款慢 退款没到 退款申请 退款进度 申请退 全额退 退押金 押金不退 押金 退费 什么时候退
aftersales.return 3: 退货 换货 退换 退换货 无理由 七天 拒收 退货流程 退货运费 换一个 换新 退不了 不让退 不能退 退货难
aftersales.repair 3: 维修 返修 保修 质保 报修 售后 三包 修了 修好 没修好 上门 师傅 安装费 安装师傅 送修 检测报告 备件 补发
price.charge 3: 乱收费 多收 多收费 收费不合理 收费不明 隐形收费 额外收费 强制消费 捆绑 自动续费 自动扣费 违约金 滞纳金 账单不对 价格不符 多付
price.change 3: 降价 保价 差价 补差价 价保 涨价 刚买就降 买贵 先涨后降 价格变 优惠没了 用不了券 优惠不能用 大数据杀熟 杀熟
price 2: 太贵 好贵 很贵 贵了 价格高 价格太高 性价比低 不值这个价 不值 不划算 坑钱 宰客 坐地起价
defect.quality 1.5: 房间 卫生 设施 空调 热水 隔音 陈旧 质量 味道 口感 做工 不甜 太小 偏小 太大 不合身 扎人 涩 没有肉 不符 与描述 不符合 听不清 破的 破洞 有洞 有个洞
defect.quality 2.5: 没声音 没音 没有声音 充不进 充不满 充不上 描述不符 内容不符 开裂 坏果 掉皮 没几天就 没用几天 用了几天就 一洗就 没用多久 不能充电 不制冷 不加热 头发丝 吃出 苍蝇
defect.login 2: 验证码 冻结 解冻 被封 封了 无法获取验证码
defect.payment 2.5: 支付不了 付款不了 不能支付 不能付款 无法付 付不出 不能还款 还不了款 无法还款 扣了 没扣 钱没到
service.attitude 1.5: 服务态度 服务质量 服务员 服务人员 前台 店员 营业员 客服 客服人员 服务 专员 店家 不专业 态度 staff agent representative "customer service" "customer support"
price.charge 1.5: 收费 计费 扣费 发票 开票 手续费 标价 利息 bill bills invoices "cancellation fee" penalty
price.change 1.5: 促销 活动价 红包 满减 优惠券 优惠
price 1.5: 价格 房价 价位 贵
defect.payment 3: 支付不成功 付款不成功 支付不成 付款不成 没有支付成功 没支付成功 没有付款成功 交易失败 交易不成功 不支持支付 不支持付款 不支持交易 不支持当前支付 不支持消费 支付异常 付款异常 支付报错 支付出错 付不出 刷不了 扫码失败 扫不了码 换付款方式 更换付款 换支付方式 更换支付 更换其他付款 重复支付 重复付款 又付了一 显示未支付 显示未付款 还款不成功 还不了 还不上款 不能还款 扣款不成功 支付限制 限制支付 付款受限 不能线下支付 不能支付 不能付款 付款界面 支付页面
defect.function 2.5: 暂不可用 不可用 暂时无法 无法开通 开通不了 开不通 不能开通 不能使用 使用不了 无法更改 改不了 取消不了 无法取消 关不掉 解绑不了 无法解绑 开不了机 无法开机 自动关机 自动重启 断电 断触 按键 触屏 多点触 点击不 没有信号 无信号 测不到 检测不到 识别不了 搜索不到 死屏 坏屏 屏幕裂 屏就坏 分辨率低 不清晰 出问题
defect.performance 2: 有点卡 就卡 好卡 比较卡 待机 时间极短 慢半拍 太迟钝 缓慢
defect.quality 2: 太薄 料子薄 掉扣 磨损 手感差 手感一般 音质差 音质一般 不脆 不新鲜 不熟 夹生 生的 没熟 酸的 发酸 发涩 发苦 不香 很小 小的可怜 个头小 又小又 量少 量太少 份量 分量少 没有肉 肉少 太油 太辣 太酸 太干 油腻 很硬 糊了 石头 石块 塑料片 虫子 有毛 中毒 馊 变味 冻坏 蔫 品相 成色 与图片 和图片 跟图片 图片不符 示图不 实物不 与实物 和实物 跟描述 描述不一 翻新机 水货 山寨 劣质 太糙 粗糙 不平 隔音差 不干净 脏兮兮 有味 臭味 异响 嘈杂 陈设 洗澡没 没有热水 毛巾
logistics.late 2.5: 送餐速度 送餐时间 送餐太 送餐晚 配送时间 送了整整 送了两 送了一个多 一个多小时 两个多小时 两个小时 两小时 一小时多 个小时才 分钟才 分钟送 才送达 才送来 都没送 没给送 没有送到 没给我送 等了一 等了两 等了快 等了好久 等了半 超时 催单 催了 太晚了 晚了半 晚送 送晚 饿晕 送到都凉 都凉了 凉透 凉了 冷掉 都冷了 坨了 至今没 至今收不到 本来说 说好昨天
logistics.lost 2.5: 没送 少了一 少了两 少一 缺一 缺少 少给 没有给 没放 落了一 落了 送成 送来的是 来的是 没有筷子 没筷子 没勺 没有餐具 少附件 赠品 没有附 配件不全
logistics.damage 2: 漏了一 溢出 撒得 洒得 汤都 挤压 压烂 冰袋 冷链 包装简陋
service.attitude 2: 恶劣 骗人 忽悠 不理 没人管 不负责任 店大欺客 不安装 服务差劲 服务太差劲 服务一般
price.charge 1.5: 账单 逾期 罚息 利率 日利 年费 手续
price.change 1.5: 直降 不退差价 优惠券 买一送一 返现
aftersales.refund 2.5: reimbursement reimbursed compensation rebate rebates refunds
logistics.late 1.5: address shipping
defect.function 2.5: bugs glitch glitches hangs hanging lagging freezing stuck "keeps crashing" "not able to" "doesn't load" "not loading" "not showing" "black screen" "won't work" "isn't working" "can't access" "something went wrong"
defect.payment 1.5: payment payments
defect.function 2.5: broken crash crashes crashed crashing bug error errors fails failed freeze freezes frozen glitch blank not-working unresponsive
defect.function 3: "not working" "doesn't work" "does not work" "stopped working" "won't open" "won't load" "can't open" "cannot open" "unable to" "out of order"
defect.login 3: "can't log in" "cannot log in" "log in" login password "verification code" "sign in" locked
defect.payment 3: "payment failed" "charged twice" "double charged" "declined" "not credited" "top up" "transfer failed"
defect.performance 2.5: slow lag laggy lagging battery overheating
defect.quality 2.5: defective faulty "poor quality" damaged torn expired rotten
service.speed 3: "no reply" "no response" "no one answers" "never replied" "nobody answers" "on hold" waiting "response time"
service.attitude 3: rude attitude impolite unprofessional unhelpful "hung up"
logistics.late 3: delivery delivered shipping shipment courier parcel package "not arrived" "hasn't arrived" "never arrived" late dispatched tracking
logistics.lost 3: "lost package" "missing item" "missing items" "wrong item"
aftersales.refund 3: refund refunded "money back" return returned returning exchange replacement warranty repair
price.charge 3: overcharged fee fees charge charged "hidden fee" subscription billing invoice "auto renew" interest
price 2: expensive overpriced price pricing discount coupon
"""

URGENCY = """
urgent.safety 4: 着火 起火 冒烟 爆炸 漏电 触电 烫伤 烧伤 割伤 住院 急诊 中毒 食物中毒 过敏反应 生命危险 人身安全 安全事故 自燃 起泡流血 骨折 昏迷 送医 医药费
urgent.legal 4: 起诉 法院 律师 律师函 仲裁 诉讼 犯罪 个人信息泄露 信息泄露 泄露隐私 隐私泄露
urgent.regulator 3.5: 市场监管 市监局 银保监 工信部 监管局 监管部门 黑猫投诉 信访
urgent.safety 2.5: 医院 呕吐 腹泻 拉肚子 孕妇 安全隐患
urgent.safety 3.5: 受伤 划伤手 割破
urgent.legal 3.5: 已报警 要报警 报了警 报警处理 报警了 找警察 违法行为 公安局 派出所
urgent.regulator 2.5: 12315 12345 消协 消费者协会 举报 工商局 报警
urgent.regulator 3.5: 已投诉12315 已经投诉12315 12315工单 12315转办 12345工单 12345转办
urgent.group 3.5: 群体性 群体投诉 很多用户 很多客户 多家门店 多个客户
urgent.outage 2.5: 断网 停电 停水 死锁
urgent.loss 2.5: 被骗 诈骗 万元 上万 巨额 几万 数万
urgent.media 4: 媒体 记者 曝光 上热搜 热搜 微博曝光 发抖音 电视台 小红书曝光 网上曝光 舆情
urgent.group 4: 集体投诉 集体维权 联名 维权群 多名客户 大家都在投诉 全小区 全公司都 多位业主 所有用户 大面积 大量用户
urgent.outage 4: 全部瘫痪 瘫痪 宕机 系统崩溃 系统瘫痪 停产 停工 业务中断 无法营业 无法开单 全线停 生产停 服务中断 全部用不了 整个系统 完全无法使用 无法下单 无法收款 收不了款 停摆
urgent.loss 3.5: 盗刷 被盗 被转走 损失惨重 损失巨大 重大损失 十几万 几十万 资金损失 账户被盗 钱没了
urgent.time 2.5: 十万火急 紧急 加急 万分火急 急急急 火急 马上要用 今天必须 立刻处理 立即处理 人命关天 救命 urgent urgently immediately emergency asap
urgent.outage 4: outage "system down" "is down" "production stopped" "all users"
urgent.safety 4: fire injured injury hospital burned explosion smoke electrocuted poisoning
urgent.legal 4: lawyer lawsuit sue attorney police court legal
urgent.media 4: media newspaper journalist "social media" reporter viral
urgent.loss 3.5: stolen hacked unauthorized "large loss"
important.repeat 2.5: 反复 多次 屡次 一直 每次都 每次 总是 经常 频繁 又出现 还是没解决 还没解决 仍未解决 至今 到现在 第二次 第三次 第几次 几次了 好几次 多少次 再次 repeatedly again always "every time" "still not"
important.complaint 2.5: 投诉 差评 强烈不满 非常不满 很不满 太失望 失望 气愤 愤怒 恶劣 欺骗 骗人 骗子 无法接受 忍无可忍 退款 赔偿 索赔 影响工作 影响使用 影响业务 没法工作 耽误 严重 complaint complain unacceptable furious terrible disappointed refund compensation serious
important.block 2: 打不开 登录不了 无法登录 支付失败 没到账 未到账 扣款 重复扣款 用不了 不能用 无法使用 没收到货 丢件 没人处理 没人管 不处理 闪退 坏了
important.chase 2: 尽快 赶紧 赶快 马上 催 着急 很急 急用 等着用
normal 2.5: 建议 希望能 希望可以 能不能增加 增加一个 最好能 如果能 期待 优化一下 请问 咨询 想问 想了解 怎么设置 如何 怎么操作 小问题 无所谓 不急 有空 谢谢 满意 不错 很好 喜欢 suggest suggestion "would be nice" wondering please "how do i" "how to" "feature request" thanks great
"""

NATURE = """
complaint 3: 投诉 举报 差评 垃圾 骗子 骗人 欺骗 坑人 太差 极差 很差 恶劣 气愤 愤怒 无语 失望 退款 赔偿 索赔 维权 曝光 不满 态度差 敷衍 推诿 忽悠 受骗 后悔 再也不 乱收费 霸王条款 虚假 假货 不给退 没人管 不处理 不负责 凭什么 什么玩意 难吃 太慢 太贵 不值 糟糕 恶心 complaint complain terrible awful worst scam rude refund unacceptable disappointed horrible ridiculous
complaint 1.5: 不好 不行 慢 贵 脏 吵 破 等了 还没 没人 居然 竟然 小时才 迟到 poor bad slow late
consult 3: 请问 咨询 想问 想问一下 问一下 想了解 想知道 怎么操作 怎么设置 如何操作 怎么办理 如何办理 怎么开通 如何开通 怎么取消 如何取消 怎么修改 怎么查 在哪里 哪里可以 什么时候 可以吗 能否 是否 可不可以 能不能 是不是 有没有 多少钱 怎么收费 多久 几天 需要什么 是什么意思 什么意思 怎么用 如何使用 求教 请教 "how do i" "how can i" "how to" "what is" "where can" "when will" "can i" "is it possible" "could you tell" wondering
consult 1.5: 吗 怎么 如何 为什么 为何 哪里 什么 ?
suggestion 3.5: 建议 提个建议 希望能 希望可以 希望增加 希望改进 希望加强 最好能 如果能 要是能 能不能增加 建议增加 有待改进 有待提高 可以改进 优化一下 改进一下 应该增加 期待增加 "i suggest" suggest suggestion "would be nice" "would be great" "you should" "please add" "it would help" recommend improving
suggestion 1.5: 希望 最好 改进 优化 完善 提升 应该 wish
praise 3: 非常满意 很满意 满意 表扬 点赞 好评 很好 真好 太棒 很棒 棒 不错 喜欢 推荐 感谢 热情 耐心 周到 贴心 专业 给力 物美价廉 超值 值得 完美 五星 好吃 好用 赞 excellent great perfect amazing awesome love helpful thank thanks satisfied wonderful
fault 2.5: bug bugs glitch glitches lag lagging hangs hanging freezing stuck "can't" cannot "won't" "not able to" "doesn't load" "not loading" "not showing" "something went wrong" "isn't working" fix
suggestion 2: "should have" "option to" "ability to" "it would be" "would love" "please make" "could you add" "needs to" "bring back" need add feature
complaint 2.5: 再也不 差劲 失望 不推荐 上当 坑 没人理 没人回复 敷衍了事 disappointing annoying useless hate waste
fault 3: 闪退 打不开 无法打开 崩溃 死机 蓝屏 黑屏 白屏 报错 出错 系统错误 bug 加载失败 加载不出来 登录不了 无法登录 登录失败 收不到验证码 支付失败 付款失败 无法支付 重复扣款 没到账 未到账 用不了 不能用 无法使用 没反应 点不了 无法提交 导出失败 上传失败 不同步 宕机 故障 失灵 卡死 掉线 连不上 乱码 异常 坏了 漏水 不制冷 不加热 开不了机 无法开机 充不进电 无法充电 crash crashes crashed error "not working" "doesn't work" "won't open" broken freezes "stopped working" "unable to" outage
requirement 3: 需要增加 需要支持 需要开发 希望支持 增加功能 新增功能 增加一个功能 想要一个 需要一个 需要对接 对接接口 开放接口 接口对接 定制 定制开发 批量导出 批量导入 支持导出 需求 提个需求 开发一个 接入 集成 二次开发 能增加 加一个 新功能 没有这个功能 缺少功能 支持一下 "feature request" "new feature" "need a feature" "add support" "please support" integrate integration api "would like to have" "need to be able"
"""

# Words that hold a cue inside but mean something else.
BLOCK = """
多媒体 媒体播放 转发微博 万元以下 万元以内 万元机 电量报警 报警器 低电报警 服务器 服务商 服务区 医院附近 医院旁 医院对面 价格适中 价格实惠 优惠多 优惠力度大
差不多 相差 差旅 出差 时差 差点 一般情况 辛苦 难得 不难 凶手 凶猛 服务器 服务区 卡片 卡号 银行卡 会员卡 房卡 卡通 麻辣烫 电压力锅 快递很快 物流很快 物流快 发货快 发货很快 送货快 送餐快 配送很快 包装完好 包装很好 包装好
服务好 服务很好 服务态度好 服务态度很好 服务不错 服务周到 客服很好 态度很好 态度好 价格实惠 价格便宜 价格合理 价格不贵 没有异味 没异味 无异味 没有问题 没问题 没有故障 没有瑕疵 没有色差 无色差 不卡顿 不卡 不发热 不贵 房间很大 房间干净 房间很干净 急诊科医生 不是不好 没有不好
"""

# A cue right after one of these does not count; the English ones end in a space.
NEGATORS = (
    "不",
    "没",
    "没有",
    "没出现",
    "不再",
    "从不",
    "并不",
    "无",
    "未",
    "不用",
    "不要",
    "not ",
    "no ",
    "never ",
    "without ",
)

# What a customer may ask for, and the problem type it speaks for.
DEMANDS = {
    "退款": "aftersales.refund", "退货": "aftersales.return", "换货": "aftersales.return", "维修": "aftersales.repair",
    "补差价": "price.change", "保价": "price.change", "送达": "logistics.late", "道歉": "service.attitude",
}  # fmt: skip
