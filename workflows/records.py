"""What the domain keeps records of, by the words that a refusal uses for them."""

from __future__ import annotations

from workflows.labels import LabelledEnum


class Record(LabelledEnum):
    ACCOUNT = "account", "账号"
    API_TOKEN = "API token", "接口令牌"
    CAMPAIGN = "campaign", "大检查"
    DELEGATION = "delegation", "休假委托"
    COMMENT = "comment", "留言"
    DEPARTMENT = "department", "行业监管部门"
    DIGEST = "digest", "日报"
    ENFORCEMENT_CASE = "enforcement case", "查处案件"
    EVIDENCE = "evidence", "佐证材料"
    EXPOSURE = "exposure", "曝光记录"
    EXTENSION_REQUEST = "extension request", "延期申请"
    GOOD_PRACTICE = "good practice", "好经验好做法"
    HAZARD = "hazard", "隐患"
    LEDGER_JOB = "ledger job", "台账导入或导出"
    LEDGER_VIEW = "ledger view", "台账视图"
    NOTICE = "notice", "通知"
    NUMBER = "number", "编号"
    ORGANISATION = "organisation", "单位"
    REGION = "region", "行政区划"
    REPLAY = "replay", "历史重演"
    SAMPLED_HAZARD = "sampled hazard", "抽中的隐患"
    SIMILAR_CHECK = "similar check", "举一反三自查"
    SPOT_CHECK_ROUND = "spot-check round", "抽查轮次"
    SUPERVISION = "supervision", "挂牌督办"
    TRIAL = "trial", "试运行"
    UPLOAD = "upload", "上传文件"
