"""Names columns carry in real exports, for each canonical field; nested JSON names are written with dots.

Compared after NFKC, lower case, without spaces, brackets and their content, underscores and stars. The first word of
a line is the most usual. A word stands for one field only.
"""

HEADINGS: dict[str, str] = {
    "external_no": (
        "反馈编号 工单编号 工单号 问题编号 投诉编号 留言编号 评论编号 评价编号 编号 单号 受理编号 受理单号 案件编号 "
        "事件编号 流水号 记录编号 业务编号 服务单号 "
        "外部编号 来源编号 平台编号 诉求编号 信件编号 反馈id 工单id 评论id 留言id 反馈单号 问题单号 反馈单编号 "
        "任务编号 id no number "
        "feedbackid ticketid ticketno ticketnumber caseid caseno casenumber complaintid reviewid commentid issueid "
        "recordid externalid "
        "externalno referenceno reference uniquekey messageid requestid key"
    ),
    "received_at": (
        "反馈时间 反馈日期 受理时间 受理日期 登记时间 登记日期 记录时间 记录日期 来电时间 来电日期 呼入时间 接听时间 "
        "留言时间 留言日期 评论时间 评论日期 评价时间 评价日期 "
        "投诉时间 投诉日期 提交时间 提交日期 创建时间 创建日期 建单时间 接收时间 收到时间 诉求时间 诉求日期 来信时间 "
        "来信日期 发布时间 发表时间 咨询时间 发送时间 "
        "填写时间 提交答卷时间 反映时间 录入时间 工单时间 时间 日期 date time datetime timestamp createdat created "
        "createdate createddate creationtime "
        "receivedat receiveddate datereceived submittedat submitteddate reportedat openedat opendate opened "
        "feedbacktime feedbackdate "
        "reviewdate commenttime senttime sentat updated postedat 时间戳"
    ),
    "occurred_at": (
        "发生时间 发生日期 问题发生时间 故障时间 故障发生时间 事发时间 事件时间 事件发生时间 出现时间 现象发生时间 "
        "购买时间 消费时间 下单时间 "
        "occurredat occurrencetime occurreddate incidentdate incidenttime eventtime happenedat purchasetime"
    ),
    "channel": (
        "渠道 来源渠道 反馈渠道 问题来源 来源 反馈来源 投诉渠道 受理渠道 受理方式 诉求来源 信息来源 投诉来源 "
        "数据来源 平台 来源平台 接入渠道 反馈方式 投诉方式 联系渠道 来访方式 "
        "channel source platform origin feedbackchannel contactchannel submittedvia medium contacttype "
        "opendatachanneltype"
    ),
    "customer_no": (
        "客户编号 客户编码 客户号 客户id 用户id 用户编号 会员号 会员编号 会员id 会员卡号 客户账号 账号 用户账号 "
        "客户帐号 帐号 账户 用户号 客户代码 uid userid "
        "customerid customerno customernumber customeraccount accountid account accountno memberid memberno clientid "
        "customer.id "
        "customer.no customer.account user.id user.uid account.id member.id 留言用户 openid"
    ),
    "customer_name": (
        "客户名称 客户姓名 客户 公司名称 单位名称 企业名称 用户名称 用户名 用户 用户姓名 会员姓名 姓名 昵称 用户昵称 "
        "客户昵称 会员昵称 会员名 买家昵称 单位 公司 投诉人 "
        "反映人 诉求人 来信人 投诉人姓名 反馈人 留言人 评论人 反馈者 作者 customername customer name username "
        "nickname user company companyname client "
        "clientname organization author reviewer customer.name user.name user.nickname author.name fullname"
    ),
    "customer_type": (
        "客户类型 客户类别 客户等级 客户级别 会员等级 会员级别 会员类型 用户类型 用户等级 客户性质 客户分类 新老客户 "
        "是否新客户 新老用户 用户级别 "
        "customertype customerlevel customersegment customertier memberlevel membertype usertype userlevel "
        "customer.type customer.level "
        "customer.tier user.type user.level tier segment"
    ),
    "contact_name": (
        "联系人 联系人姓名 客户联系人 联络人 对接人 联系人名称 经办人 contactname contactperson contact.name "
        "customer.contactname caller callername callerid"
    ),
    "contact": (
        "联系方式 联系电话 手机 手机号 手机号码 电话 电话号码 来电号码 主叫号码 主叫 联系手机 移动电话 客户电话 "
        "客户手机 客户联系方式 用户手机号 用户手机 会员手机号 "
        "邮箱 电子邮箱 邮箱地址 电子邮件 邮件地址 联系邮箱 发件人 发件人邮箱 发件邮箱 微信号 qq qq号 联系信息 "
        "联系人电话 联系人手机 投诉人电话 反馈人电话 回访电话 "
        "phone phonenumber mobile mobilephone tel telephone contact contactinfo contactnumber email mail "
        "emailaddress from sender wechatid "
        "customer.contact customer.phone customer.mobile customer.email user.phone user.mobile user.email "
        "contact.phone contact.email "
        "contact.mobile"
    ),
    "product": (
        "产品 产品名称 涉及产品 商品 商品名称 产品型号 型号 业务 业务类型 涉及业务 产品线 产品类别 服务项目 涉及商品 "
        "投诉产品 反馈产品 品牌 商品标题 应用名称 应用 产品服务 "
        "产品/服务 项目名称 product productname productline item itemname model sku service goods app appname "
        "product.name product.model"
    ),
    "batch": "批次 批次号 批号 生产批次 生产批号 产品批次 lot lotno lotnumber batch batchno batchnumber product.batch",
    "version": (
        "版本 版本号 软件版本 应用版本 app版本 app版本号 产品版本 客户端版本 系统软件版本 产品/服务版本 固件版本 "
        "当前版本 "
        "version appversion versionname softwareversion app.version productversion release build clientversion "
        "product.version"
    ),
    "system": (
        "系统 操作系统 手机系统 系统类型 操作环境 设备系统 终端 终端类型 客户端类型 系统平台 os system "
        "operatingsystem deviceos osname device.os ostype "
        "environment clientos"
    ),
    "region": (
        "地区 区域 省市 所在地区 所在地 省份 城市 地域 归属地 号码归属地 客户地区 所属地区 所属区域 省 市 地址 "
        "事发地 事发地区 ip属地 所在城市 所在省份 收货地区 "
        "region area province city location ipregion geo address customer.region customer.city user.region "
        "user.city"
    ),
    "text": (
        "问题描述 反馈内容 投诉内容 评论内容 留言详情 诉求内容 内容 反映内容 留言内容 评价内容 评论 评价 正文 描述 "
        "详细描述 问题详情 问题内容 反馈详情 反馈描述 投诉详情 "
        "投诉描述 客户反馈 客户描述 用户反馈 用户评论 来电内容 通话内容 来信内容 咨询内容 问题 现象 问题现象 "
        "故障描述 故障现象 现象描述 事件描述 邮件正文 邮件内容 "
        "聊天内容 会话内容 对话内容 文本 原文 客户原话 原话 客户声音 建议内容 意见内容 问题反馈 您的意见 您的建议 "
        "意见与建议 意见和建议 工单内容 事项内容 诉求描述 "
        "短信内容 录音文本 转写文本 情况说明 具体问题 问题说明 说明 content text body description message comment "
        "comments review reviewtext "
        "reviewbody reviewcontent feedback feedbackcontent feedbacktext details detail complaint complainttext "
        "consumercomplaintnarrative "
        "narrative issue issuedescription problem problemdescription utterance verbatim problemtext question query "
        "sentence content.text "
        "feedback.content feedback.text message.text review.text descriptor"
    ),
    "title": (
        "标题 主题 留言主题 邮件主题 投诉标题 反馈标题 工单标题 问题标题 评论标题 诉求标题 信件标题 事件标题 摘要 概述 "
        "title subject summary headline topic shortdescription reviewtitle subjectline"
    ),
    "demand": (
        "客户诉求 诉求 用户诉求 期望 客户期望 期望结果 客户需求 客户要求 诉求目的 处理诉求 期望解决方案 投诉诉求 "
        "投诉请求 要求 希望解决 "
        "demand appeal expectation expectedresult customerdemand request desiredresolution expectedoutcome "
        "resolutionrequested"
    ),
    "sentiment": (
        "情绪倾向 情绪 情感 情感倾向 客户情绪 满意情况 情感极性 态度 情绪标签 是否满意 "
        "sentiment mood emotion polarity sentimentlabel"
    ),
    "score": (
        "评分 星级 打分 得分 分数 满意度 评级 评价星级 评价等级 评分星级 满意度评分 服务评分 客户评分 用户评分 "
        "评价分数 最终回复评价 "
        "score rating stars star rate satisfaction csat satisfactionscore ratingvalue grade"
    ),
    "nature": (
        "反馈性质 诉求性质 反馈类型 反馈类别 工单类型 诉求类型 诉求类别 来电类型 来电性质 留言类型 信件类型 事件性质 "
        "性质 投诉性质 受理类型 "
        "nature feedbacktype requesttype tickettype kind intent messagetype"
    ),
    "error_text": (
        "错误提示 报错信息 错误信息 报错 报错提示 错误代码 错误码 报错内容 提示信息 异常信息 故障代码 "
        "error errortext errormessage errorcode errormsg exception errorprompt"
    ),
    "frequency": (
        "发生频率 频率 出现频率 故障频率 频次 复现频率 复现概率 发生频次 frequency occurrence howoften reproducibility"
    ),
    "first_judgement": (
        "初步判断 处理人初步判断 初判 初步判定 初步分析 初步诊断 初步原因 初步结论 受理人初步判断 "
        "firstjudgement firstjudgment initialjudgement initialassessment preliminaryjudgement initialdiagnosis "
        "preliminaryanalysis"
    ),
    "recorder": (
        "记录人 登记人 受理人 录入人 受理人员 接线员 坐席 座席 客服 客服人员 坐席工号 客服专员 记录员 创建人 "
        "受理坐席 值班人 受理客服 坐席姓名 客服姓名 "
        "recorder agent recordedby createdby operator handler openedby agentname syscreatedby"
    ),
    "reply": (
        "答复意见 回复 回复内容 答复 答复内容 处理结果 客服回复 商家回复 官方回复 首次回复 处理意见 处理情况 "
        "回复意见 处理回复 开发者回复 解决方案 办理结果 处理结论 "
        "reply response answer resolution replycontent developerreply companyresponse companypublicresponse "
        "resolutiondescription replytext"
    ),
    "replied_at": (
        "答复时间 回复时间 回复日期 答复日期 处理时间 处理日期 办结时间 完成时间 办理时间 首次回复时间 "
        "repliedat replytime replydate respondedat responsetime answeredat closeddate resolvedat closedate"
    ),
    "remark": (
        "备注 坐席备注 客服备注 处理备注 说明备注 备注信息 备注说明 附注 补充说明 其他说明 remark remarks note notes "
        "memo annotation extra additionalinfo"
    ),
    "problem_type": (
        "问题类型 问题类别 问题分类 投诉类型 投诉类别 投诉分类 分类 类别 类型 一级分类 一级标签 所属分类 诉求分类 "
        "标签 故障类型 事件类型 事件分类 反馈分类 "
        "problemtype category type issuetype complainttype classification label problemcategory subcategory"
    ),
    "urgency": (
        "紧急程度 紧急度 优先级 紧急级别 缓急程度 优先级别 严重程度 严重级别 等级 urgency priority severity "
        "urgentlevel prioritylevel impactlevel"
    ),
    "scope": (
        "影响范围 影响用户 影响面 受影响范围 影响用户数 涉及范围 影响人数 波及范围 scope impact affectedusers "
        "impactscope affected"
    ),
    "external_due": (
        "外部期限 办理期限 答复期限 回复期限 处理时限 办结期限 要求完成时间 截止时间 截止日期 到期时间 平台时限 "
        "反馈时限 办理时限 要求回复时间 "
        "externaldue due duedate deadline dueat replydue responsedue"
    ),
}

# Running numbers and keeping columns of a table: known, and of no field.
IGNORED = (
    "序号 行号 序 index rowno row # 责任人 处理人 负责人 状态 处理状态 工单状态 部门 责任部门 status owner assignee "
    "state 城市编码"
)

# First cell of a row that sums up others.
TOTALS = "合计 总计 小计 共计 总合计 本页合计 本页小计 本月合计 累计 汇总 total totals subtotal grandtotal sum"
