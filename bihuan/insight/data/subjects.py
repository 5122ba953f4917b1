"""What feedback speaks of, whatever is wrong with it: a line reads "code 中文 / English: words", all chosen by hand.

One cue decides one type for a row, yet one cause brings faults, questions and price disputes at once; a subject cuts across.
"""

SUBJECTS = """
payment 支付 / payment: 支付 付款 付钱 付不 扣款 扣钱 扣了 转账 交易失败 收款 payment checkout pay
account 登录与账号 / sign-in: 登录 登陆 登不 账号 账户 验证码 密码 注册 绑定 解绑 login password account verification
loan 借还款与额度 / credit and repayment: 还款 还钱 借款 额度 利息 逾期 分期 账单 repay credit instalment installment
refund 退款 / refunds: 退款 退钱 退费 退回 押金 refund "money back"
return 退换货 / returns: 退货 换货 退换 换新 return exchange
delivery 配送 / delivery: 快递 物流 配送 送货 送餐 派送 发货 包裹 骑手 外卖员 送到 没送 delivery courier parcel shipping
package 包装 / packaging: 包装 破损 压坏 洒 漏 packaging damaged
freshness 新鲜与变质 / freshness: 新鲜 坏 烂 霉 变质 发臭 馊 rotten mouldy moldy stale
install 安装上门 / installation: 安装 上门 师傅 install technician
repair 维修保修 / repair: 维修 保修 返修 售后 检测 repair warranty
service 客服 / customer service: 客服 服务员 前台 态度 没人接 打不通 "customer service" agent staff
invoice 发票 / invoices: 发票 开票 invoice
offer 优惠 / offers: 优惠 红包 满减 返现 赠品 活动 coupon discount promotion
price 价格 / price: 价格 降价 差价 太贵 涨价 price expensive
battery 电池与充电 / battery and charging: 电池 充电 耗电 续航 发热 发烫 battery charging overheating
screen 屏幕与触控 / screen and touch: 屏幕 触屏 触摸 黑屏 花屏 分辨率 screen touch
network 网络与信号 / network: 网络 信号 断线 连不上 wifi network signal
speed 卡顿死机 / speed and crashes: 卡顿 太卡 很卡 死机 闪退 反应慢 崩溃 crash freeze lag
hygiene 卫生 / hygiene: 卫生 异味 头发 虫 脏 蟑螂 霉味 dirty smell hygiene
"""
